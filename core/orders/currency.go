package orders

import (
	"bytes"
	"unicode/utf8"
)

// money counts currencies and keeps one.
type money struct {
	chosen uint64
	codes  [maxCurrencies]uint64
	rows   [maxCurrencies]uint64
	n      int
}

// take counts a row's currency and reports whether it is the one kept.
func (m *money) take(code uint64, report *Report) bool {
	if m.chosen == 0 {
		m.chosen = code
	}
	code = m.joined(code)
	if !m.count(code) {
		report.CurrencyOverflow++
	}
	return code == m.chosen
}

// joined puts the sign of yen and yuan and the code that the file also writes together.
func (m *money) joined(code uint64) uint64 {
	yen, yuan, sign := packed("JPY"), packed("CNY"), packed("¥")
	switch {
	case m.chosen == sign && (code == yen || code == yuan):
		for i := range m.codes {
			if m.codes[i] == sign {
				m.codes[i] = code
			}
		}
		m.chosen = code
	case code == sign && (m.chosen == yen || m.chosen == yuan):
		return m.chosen
	}
	return code
}

func (m *money) count(code uint64) bool {
	for i := 0; i < m.n; i++ {
		if m.codes[i] == code {
			m.rows[i]++
			return true
		}
	}
	if m.n == maxCurrencies {
		return false
	}
	m.codes[m.n], m.rows[m.n] = code, 1
	m.n++
	return true
}

// most is the most frequent currency, 0 for none.
func (m *money) most() uint64 {
	best := 0
	for i := 1; i < m.n; i++ {
		if m.rows[i] > m.rows[best] {
			best = i
		}
	}
	return m.codes[best]
}

// report writes the counts down.
func (m *money) report(r *Report) {
	r.Currency = currencyName(m.chosen)
	for i := 0; i < m.n; i++ {
		r.Currencies = append(r.Currencies, CurrencyCount{currencyName(m.codes[i]), m.rows[i]})
	}
	most := m.most()
	for i := 0; i < m.n; i++ {
		if m.codes[i] == m.chosen {
			for j := 0; j < m.n; j++ {
				r.CurrencyContested = r.CurrencyContested || m.rows[j] > m.rows[i]
			}
			return
		}
	}
	r.CurrencyContested = most != 0 // the one asked for never came
}

// packCurrency packs a code or sign of at most eight bytes, upper-cased, with the
// signs of single currencies replaced by their codes. $ and ¥ stay what they are:
// several countries use them.
func packCurrency(b []byte) uint64 {
	switch {
	case string(b) == "€" || string(b) == "\x80" || euro(b):
		b = []byte("EUR")
	case string(b) == "£" || string(b) == "\xA3":
		b = []byte("GBP")
	case string(b) == "₹":
		b = []byte("INR")
	case string(b) == "￥":
		b = []byte("¥")
	case string(b) == "円" || string(b) == "圓":
		b = []byte("JPY")
	case string(b) == "元":
		b = []byte("CNY")
	case string(b) == "₩" || string(b) == "원" || string(b) == "￦":
		b = []byte("KRW")
	case string(b) == "₺":
		b = []byte("TRY")
	case string(b) == "₽" || string(b) == "руб" || string(b) == "р":
		b = []byte("RUB")
	case string(b) == "zł" || string(b) == "ZŁ":
		b = []byte("PLN")
	}
	return packed(b)
}

// packed packs at most eight bytes, letters as capitals.
func packed[T string | []byte](b T) uint64 {
	var code uint64
	for i := range min(len(b), 8) {
		c := b[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		code |= uint64(c) << (8 * uint(i))
	}
	return code
}

// currencyName is the text of a packed currency, as UTF-8.
func currencyName(code uint64) string {
	var b []byte
	for ; code != 0; code >>= 8 {
		b = append(b, byte(code))
	}
	if !utf8.Valid(b) {
		b = recode(nil, b)
	}
	return string(b)
}

// euro recognises the one currency that is commonly written out.
func euro(b []byte) bool { return equalFold(b, "euro") || equalFold(b, "euros") }

// hasCodeForm reports whether a packed currency has the form of a code of ISO 4217, and not that of a sign, which several countries use.
func hasCodeForm(code uint64) bool {
	for i := range 3 {
		if c := byte(code >> (8 * i)); c < 'A' || c > 'Z' {
			return false
		}
	}
	return code>>24 == 0
}

// Codes of ISO 4217 in small letters: those that no word of a column's name is, and the others.
const (
	clearCodes = "aed|ars|aud|azn|bdt|bgn|bhd|brl|byn|cad|chf|clp|cny|czk|dkk|dop|dzd|egp|eur|gbp|ghs|gtq|hkd|hnl|hrk|huf|idr|ils|inr|isk|jod|jpy|kes|krw|kwd|kzt|lkr|mdl|mxn|myr|ngn|nok|nzd|omr|php|pkr|pln|pyg|qar|rsd|rub|rwf|sar|sek|sgd|thb|tnd|twd|tzs|uah|ugx|usd|uyu|uzs|vnd|xaf|xof|zar|zmw"
	wordCodes  = "all|amd|bam|bob|cop|crc|etb|gel|iqd|lak|lbp|mad|mop|mur|nad|nio|npr|pab|pen|ron|sos|top|try|ves"
)

// signsOf are the signs and words that a column's name may have in the place of a code.
var signsOf = [...]string{"€", "£", "₹", "₩", "₺", "₽", "zł", "円", "元", "원", "$", "¥"}

// currencyIn is the currency that the name of a column of money says: "Net (GBP)", "amount_usd", "Umsatz in €"; 0 for none, and for two.
func currencyIn(name []byte) uint64 {
	var found uint64
	several := false
	take := func(code uint64) {
		several = several || found != 0 && found != code
		found = code
	}
	for word, rest := nextWord(normalise(name)); len(word) > 0; word, rest = nextWord(rest) {
		if listed(clearCodes, word) || euro(word) || listed(wordCodes, word) && bracketed(name, word) {
			take(packCurrency(word))
		}
	}
	for _, sign := range signsOf {
		if found == 0 && bytes.Contains(name, []byte(sign)) {
			take(packCurrency([]byte(sign)))
		}
	}
	if several {
		return 0
	}
	return found
}

// bracketed reports whether a word of small letters stands in a name as (WORD) or [WORD].
func bracketed(name, word []byte) bool {
	at := bytes.Index(name, bytes.ToUpper(word))
	return at > 0 && at+len(word) < len(name) && bytes.IndexByte([]byte("(["), name[at-1]) >= 0 && bytes.IndexByte([]byte(")]"), name[at+len(word)]) >= 0
}
