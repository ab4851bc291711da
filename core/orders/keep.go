package orders

import (
	"math"
	"unicode/utf8"
)

// What a file says of a customer beside the orders can be kept as it stands: consent, a telephone number, a name, ids of other programs. Of each of
// Options.Keep a customer has the text of their last order that says something. Four bytes a row and four a customer for each column, and the texts
// that differ.

// MaxKept is how many columns are kept at most.
const MaxKept = 16

// longText marks the codes of texts that are too long for the table.
const longText = 1 << 31

// Kept is a column whose texts are kept.
type Kept struct {
	Column int    // number, from 1
	Name   []byte // as the header has it, empty where there is none
	texts  interner
	long   [][]byte
	last   []byte // text of the row before
	code   uint32 // its code

	consents []uint8 // by number of a text: 1 for no consent, 2 for consent, 0 where nobody has asked
}

// KeptBy is what column i of Kept has for customer c, as UTF-8; empty where no order says it. The caller must not change it.
func (l *Log) KeptBy(i, c int) []byte {
	return l.Kept[i].text(l.kept[c*len(l.Kept)+i])
}

// ConsentBy reports whether that is consent: see Consents.
func (l *Log) ConsentBy(i, c int) bool {
	k := l.Kept[i]
	code := l.kept[c*len(l.Kept)+i]
	if code == 0 || code&longText != 0 {
		return false
	}
	if k.consents == nil {
		k.consents = make([]uint8, len(k.texts.offset))
	}
	if k.consents[code-1] == 0 {
		k.consents[code-1] = 1
		if Consents(k.text(code)) {
			k.consents[code-1] = 2
		}
	}
	return k.consents[code-1] == 2
}

func (k *Kept) text(code uint32) []byte {
	switch {
	case code == 0:
		return nil
	case code&longText != 0:
		return k.long[code&^longText]
	}
	return k.texts.id(code - 1)
}

// keptCodes are the texts of a row, by kept column; 0 for none.
type keptCodes [MaxKept]uint32

// of is the code of a cell.
func (k *Kept) of(text []byte) uint32 {
	if len(text) == 0 {
		return 0
	}
	if string(text) == string(k.last) {
		return k.code
	}
	k.last = append(k.last[:0], text...)
	if !utf8.Valid(text) {
		text = recode(nil, text)
	}
	if len(text) > maxID {
		k.code = uint32(len(k.long)) | longText
		k.long = append(k.long, append([]byte(nil), text...))
	} else {
		k.code = k.texts.number(text) + 1
	}
	return k.code
}

// planKept finds the columns that Options.Keep names.
func (r *Reader) planKept() {
	var names [][]byte
	if r.report.HasHeader {
		names = r.report.Names
	}
	r.report.Consent = consentColumn(names)
	for _, name := range r.opts.Keep {
		n := columnNumber(name, names)
		if n <= 0 || n > r.report.Width || len(r.keepers) == MaxKept {
			continue
		}
		k := &Kept{Column: n}
		if n <= len(names) {
			k.Name = names[n-1]
		}
		k.texts.init()
		r.keepers = append(r.keepers, k)
	}
}

// keep reads the kept columns of the row at hand.
func (r *Reader) keep(buf []byte) (out keptCodes) {
	for i, k := range r.keepers {
		out[i] = k.of(r.field(buf, k.Column-1))
	}
	return out
}

// tagKept notes what the latest row keeps.
func (e *events) tagKept(n int, of keptCodes) {
	for len(e.kept) < len(e.blocks) {
		e.kept = append(e.kept, make([]uint32, n*blockSize))
	}
	copy(e.kept[len(e.blocks)-1][(e.n-1)%blockSize*n:], of[:n])
}

// lastKept finds what each customer's last row by day keeps, column by column; a row without a text says nothing. Of one day, the row counts that
// stands last, or first in a file that begins with the newest.
func (b *builder) lastKept(e *events, customers int) {
	w := b.keepers
	b.kept = make([]uint32, customers*w)
	if e.n == 0 {
		return
	}
	when := make([]int32, customers*w)
	for i := range when {
		when[i] = math.MinInt32
	}
	newestFirst := unpackDay(e.blocks[0].day[0]) > unpackDay(e.blocks[len(e.blocks)-1].day[(e.n-1)%blockSize])
	for k, left := 0, e.n; left > 0; k, left = k+1, left-blockSize {
		block := e.blocks[k]
		for i, c := range block.customer[:min(left, blockSize)] {
			day := unpackDay(block.day[i])
			for j, code := range e.kept[k][i*w : (i+1)*w] {
				at := int(c)*w + j
				if code != 0 && (day > when[at] || day == when[at] && !newestFirst) {
					b.kept[at], when[at] = code, day
				}
			}
		}
		e.kept[k] = nil
	}
}

// What columns say who wants to hear from a shop, after normalise; those that say who does not are none.
const (
	consentNames = "accepts marketing|accepts email marketing|accepts sms marketing|marketing|email marketing consent|email consent|consent|opt in|optin|opted in|newsletter|email subscriber|subscribed|" +
		"einwilligung|werbeeinwilligung|abonniert|consentement|accepte le marketing|accepte le marketing par e mail|inscrit a la newsletter|consentimiento|acepta marketing|acepta el marketing|acepta correos de marketing|boletin|" +
		"consentimento|aceita marketing|aceita e mail marketing|assinante|メルマガ|マーケティングを許可|配信許可|موافقه|يقبل التسويق|النشره البريديه"
	refusalNames = "opt out|opted out|optout|unsubscribed|unsubscribe|abgemeldet|desabonne|desinscrit|source|campaign|channel|kanal|canal|budget|cost|spend|manager|owner"
	consentWords = "subscribed|opted in|opt in|optin|accepted|accepts|granted|confirmed|consented|single opt in|double opt in|confirmed opt in|abonniert|angemeldet|eingewilligt|zugestimmt|inscrit|abonne|accepte|suscrito|acepta|" +
		"inscrito|assinante|aceita|同意|許可|購読中|مشترك|موافق"
)

// consentColumn is the column that tells who accepts marketing, that of e-mail before that of text messages; 0 for none.
func consentColumn(names [][]byte) (column int) {
	best := 0
	for i, name := range names {
		key := normalise(name)
		score := 0
		switch {
		case !says(key, consentNames) || says(key, refusalNames):
			continue
		case hasWord(key, "sms"):
			score = 1
		case hasWord(key, "email") || hasWord(key, "e mail") || hasWord(key, "accepts"):
			score = 3
		default:
			score = 2
		}
		if score > best {
			best, column = score, i+1
		}
	}
	return column
}

// Consents reports whether a text of such a column is consent: a yes, a status that says so, or the day on which it was given.
func Consents(text []byte) bool {
	if affirmed(text) || len(text) <= maxNobody && listed(consentWords, normalise(text)) {
		return true
	}
	_, ok := parseDate(text, MonthFirst)
	return ok
}
