package orders

import "unicode/utf8"

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
