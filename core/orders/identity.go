package orders

import "unicode/utf8"

// maxNobody is longer than any text that stands for nobody.
const maxNobody = 48

// nobody are the texts that programs and cashiers write where there is no customer, after
// normalise.
const nobody = "na|n a|nan|null|nil|none|no|undefined|unknown|not available|not applicable|not set|no customer|no name|no email|anonymous|anonym|anon|guest|guests|guest customer|guest user|guest checkout|" +
	"walk in|walkin|walk in customer|walk in client|walkin customer|cash|cash customer|cash sale|counter|counter sale|counter customer|over the counter|pos|pos customer|retail customer|default|default customer|default client|general customer|" +
	"no id|deleted|deleted user|test|dummy|various|other|others|misc|miscellaneous|customer|" +
	"gast|gaste|gastkunde|gastbestellung|laufkunde|laufkundschaft|barverkauf|barkunde|diverse|kunde|unbekannt|kein kunde|keine angabe|anonymer kunde|standardkunde|" +
	"invite|client invite|client de passage|client comptoir|client anonyme|client divers|divers|passage|comptoir|anonyme|inconnu|particulier|" +
	"invitado|cliente invitado|consumidor final|cliente final|publico general|publico en general|cliente general|cliente mostrador|mostrador|cliente ocasional|cliente generico|clientes varios|cliente varios|varios|anonimo|desconocido|sin cliente|cliente|contado|venta contado|venta mostrador|" +
	"convidado|visitante|cliente padrao|cliente balcao|balcao|nao identificado|nao informado|cliente nao identificado|desconhecido|sem cliente|sem cadastro|diversos|" +
	"ospite|cliente occasionale|clienti vari|cliente vario|privato|sconosciuto|cliente di passaggio|cliente banco|banco|" +
	"passant|losse klant|contante klant|onbekend|anoniem|gastklant|klant|balieklant|" +
	"gosc|klient detaliczny|detal|anonimowy|nieznany|brak|klient anonimowy|" +
	"gast kund|gastkund|okand|kontantkund|kontant|anonym kund|drop in|" +
	"misafir|ziyaretci|perakende|perakende musteri|bilinmiyor|anonim|nihai tuketici|muhtelif|" +
	"гость|розничный покупатель|частное лицо|неизвестно|нет|аноним|покупатель|розница|физлицо|физическое лицо|" +
	"ضيف|زائر|زبون عام|عميل نقدي|عميل عام|نقدي|غير معروف|مجهول|لا يوجد|" +
	"ゲスト|非会員|一般|一般客|店頭|不明|なし|名無し|匿名|" +
	"游客|訪客|访客|散客|匿名|零售客户|未知|无|無|现金客户|" +
	"게스트|비회원|손님|현금|미상|없음|익명"

// nobodysMail are the names before the @ of addresses that stand where nobody gave one.
const nobodysMail = "noemail|no email|no mail|nomail|noemailprovided|no|none|na|n a|null|unknown|guest|gast|anonymous|anon|walkin|walk in|noreply|no reply|donotreply|do not reply|nobody|sinemail|sin email|sincorreo|sememail|sem email|keinemail|keine email|sansemail|sans email"

// subTotalWords begin a line of sub-totals, whoever they are of.
const subTotalWords = "subtotal|zwischensumme|subtotale|subtotaal|delsumma|小計|小计|소계"

// totalWords are what the first cell of a total line says, after normalise.
const totalWords = "total|totals|grand total|sub total|subtotal|sum|total general|report total|summe|gesamt|gesamtsumme|zwischensumme|endsumme|insgesamt|somme|total general|sous total|totaux|suma|total geral|totale|totale generale|subtotale|totaal|" +
	"eindtotaal|subtotaal|razem|lacznie|suma koncowa|ogolem|totalt|summa|delsumma|toplam|genel toplam|ara toplam|итого|всего|итог|اجمالي|الاجمالي|المجموع|مجموع|المجموع الكلي|合計|総計|小計|総合計|合计|总计|小计|總計|合計金額|총계|합계|소계|총합계"

// saysNothing reports whether a cell stands for no customer: empty, zeros, marks alone, or
// one of the texts above.
func saysNothing(text []byte) bool {
	if len(text) > maxNobody {
		return false
	}
	zeros, marks := 0, 0
	for _, c := range text {
		switch {
		case c == '0':
			zeros++
		case c >= '1' && c <= '9': // nobody has none
			return string(text) == "-1"
		case c == '@':
			return isEmail(text) && listed(nobodysMail, normalise(text[:indexByte(string(text), '@')]))
		case c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z' && c < 0x80:
			marks++
		}
	}
	if zeros+marks == len(text) {
		return true
	}
	return zeros == 0 && listed(nobody, normalise(text))
}

// totalLine reports whether a text is what the first cell of a total line says.
func totalLine(text []byte) bool {
	if len(text) == 0 || len(text) > maxID || !beginsTotal(text[0]) {
		return false
	}
	for _, c := range text {
		if c == '@' {
			return false
		}
	}
	name := normalise(text)
	if word, rest := nextWord(name); listed(subTotalWords, word) || len(rest) > 0 && (hasPrefix(name, "sub total ") || hasPrefix(name, "sous total ") || hasPrefix(name, "ara toplam ")) {
		return true
	}
	return len(text) <= maxNobody && listed(totalWords, name)
}

// beginsTotal reports whether one of totalWords begins so: most texts are no totals, and this tells it at once.
func beginsTotal(c byte) bool {
	switch c | 0x20 {
	case 't', 'g', 's', 'r', 'z', 'e', 'i', 'l', 'o', 'd', 'a':
		return true
	}
	return c >= 0x80
}

// beginnings has a bit for each pair of letters by which a text that stands for nobody, or a line of totals, begins. Most names and
// addresses begin otherwise, which spares them the comparison with all of these texts.
type beginnings struct {
	pairs [26]uint32
	known bool
}

func (b *beginnings) learn() {
	b.known = true
	for _, list := range [...]string{nobody, nobodysMail, totalWords, subTotalWords} {
		for len(list) > 0 {
			var entry string
			entry, list = nextName(list)
			first, second := entry[0]-'a', byte(0xFF)
			for i := 1; i < len(entry) && second == 0xFF; i++ {
				if entry[i] != ' ' {
					second = entry[i] - 'a'
				}
			}
			if first < 26 && second < 26 {
				b.pairs[first] |= 1 << second
			} else if first < 26 {
				b.pairs[first] = 1<<26 - 1
			}
		}
	}
}

// may reports whether a text may be one of them.
func (b *beginnings) may(text []byte) bool {
	if !b.known {
		b.learn()
	}
	if len(text) < 2 {
		return true
	}
	first, second := text[0]|0x20-'a', text[1]|0x20-'a'
	return first >= 26 || second >= 26 || b.pairs[first]>>second&1 != 0
}

// identity numbers customers and knows which numbers are none.
type identity struct {
	ids     interner
	lowered []byte // an address in lower case
	begins  beginnings
	silent  []uint32 // numbers, ascending, whose texts say nothing; their slots bear a mark
	same    []uint32 // by number: 1 + the customer that an e-mail address belongs to, 0 for its own
}

// owner is the customer whom a number stands for.
func (p *identity) owner(n uint32) uint32 {
	for hops := 0; hops < 5 && n < uint32(len(p.same)) && p.same[n] != 0; hops++ { // an address, its customer, other spellings
		n = p.same[n] - 1
	}
	return n
}

// resolve puts owners in the place of e-mail addresses.
func (p *identity) resolve(list []uint32) {
	if len(p.same) == 0 {
		return
	}
	for i, n := range list {
		list[i] = p.owner(n)
	}
}

// carried is the customer whom a line above the row names.
func (r *Reader) carriedCustomer() (uint32, Reason) {
	if !r.carries {
		return 0, ReasonMissingID
	}
	return r.carried, NumReasons
}

// customer is who ordered: the first of the identifying columns that says something.
func (r *Reader) customer(buf []byte, s Standing) (uint32, Reason) {
	if r.layout.group {
		return r.carriedCustomer()
	}
	if s == StandingRefund && r.layout.payee >= 0 {
		return r.identify(buf, r.layout.payee)
	}
	if r.layout.attendees && r.again && r.carries {
		return r.carried, NumReasons
	}
	if r.layout.fill && len(r.field(buf, r.layout.id)) == 0 {
		return r.carriedCustomer()
	}
	n, reason := r.identify(buf, r.layout.id)
	if r.layout.fill || r.layout.attendees {
		r.carried, r.carries = n, reason == NumReasons
	}
	if reason == NumReasons {
		if r.layout.email >= 0 {
			r.link(buf, n)
		}
		return n, reason
	}
	for i, column := range [...]int{r.layout.email, r.layout.phone, r.layout.name} {
		if column < 0 {
			continue
		}
		if n, why := r.identify(buf, column); why == NumReasons {
			r.report.Fallback[i]++
			return n, why
		}
	}
	return n, reason
}

// link notes whose e-mail address it is, for rows that have the address alone.
func (r *Reader) link(buf []byte, customer uint32) {
	mail, reason := r.identify(buf, r.layout.email)
	if reason != NumReasons || mail == customer {
		return
	}
	if r.people.owner(mail) == mail {
		r.people.belongs(mail, customer)
	}
}

// identify numbers the text of a column.
func (r *Reader) identify(buf []byte, column int) (uint32, Reason) {
	if column < 0 {
		return 0, ReasonMissingID
	}
	id, reason := r.identifier(buf, column)
	if reason != NumReasons {
		return 0, reason
	}
	return r.numberOf(id, hash(id))
}

// numberOf numbers an id whose hash is at hand; the reason says that it stands for nobody.
func (r *Reader) numberOf(id []byte, h uint64) (uint32, Reason) {
	ids, check := &r.people.ids, checkOf(id)
	s := ids.find(h, check)
	n, mark := s.number&^markBit-1, s.number&markBit
	if s.number == 0 {
		if p := &r.people; p.begins.may(id) && (saysNothing(id) || totalLine(id)) {
			mark = markBit
			r.people.silent = append(r.people.silent, uint32(len(ids.offset)))
		}
		if rounded(id) && id[0]-'0' <= 9 {
			r.damaged++
		}
		n = ids.add(id, slot{h, mark, check}, s)
	}
	if mark != 0 {
		return n, ReasonMissingID
	}
	return n, NumReasons
}

// identifier is the text as UTF-8, an e-mail address in lower case.
func (r *Reader) identifier(buf []byte, column int) ([]byte, Reason) {
	id := r.field(buf, column)
	if r.layout.last >= 0 && column == r.layout.first {
		id = r.wholeName(buf)
	}
	if len(id) == 0 {
		return id, ReasonMissingID
	}
	if len(id) > maxID {
		return id, ReasonOversized
	}
	if r.scan.escaped(column) {
		id = append([]byte(nil), id...) // other fields will use the scratch buffer
	}
	ascii, mail, upper := scanID(id)
	if !ascii && !utf8.Valid(id) {
		r.report.Recoded++
		id = recode(make([]byte, 0, 2*len(id)), id)
		if len(id) > maxID {
			return id, ReasonOversized
		}
	}
	return r.people.spelled(id, ascii, mail, upper || !ascii), NumReasons
}

// wholeName is the first and the last name of a row, in the order of their columns.
func (r *Reader) wholeName(buf []byte) []byte {
	a, b := min(r.layout.first, r.layout.last), max(r.layout.first, r.layout.last)
	r.name = append(r.name[:0], r.field(buf, a)...)
	if len(r.name) > 0 {
		r.name = append(r.name, ' ')
	}
	r.name = append(r.name, r.field(buf, b)...)
	r.name = append(r.name[:0], trim(r.name)...)
	return r.name
}

// spelled is an id as it counts: an address and a UUID in lower case, a number as a whole one. The text is good until the next one.
func (p *identity) spelled(id []byte, ascii, mail, capitals bool) []byte {
	if mail {
		if id = address(id); capitals {
			p.lowered = appendLower(p.lowered[:0], id)
			return p.lowered
		}
	} else if ascii {
		if capitals && isHex(id) {
			p.lowered = appendLower(p.lowered[:0], id)
			return p.lowered
		}
		return wholeNumber(id)
	}
	return id
}

// minHex is the length of a UUID or of a hash, of 128 bits.
const minHex = 32

// isHex reports whether a text is a UUID or a hash in hexadecimal digits: capitals do not matter in it.
func isHex(id []byte) bool {
	if len(id) < minHex {
		return false
	}
	for _, c := range id {
		if c-'0' > 9 && (c|0x20 < 'a' || c|0x20 > 'f') && c != '-' {
			return false
		}
	}
	return true
}

// wholeNumber is a number without the .0 that programs add to a column with gaps; any other text itself.
func wholeNumber(id []byte) []byte {
	n := len(id)
	if n < 3 || id[n-1] != '0' || id[n-2] != '.' {
		return id
	}
	for _, c := range id[:n-2] {
		if c-'0' > 9 {
			return id
		}
	}
	return id[:n-2]
}

// joinSpellings makes one of customers whom the file writes in several ways: a number with leading zeros and without, which a
// spreadsheet cuts off; a name in other capitals, with other blanks or with the family's first; a telephone number with the code of its country and without.
func (p *identity) joinSpellings() (joined int) {
	var names interner
	var first, phones []uint32 // customers by the number of their name; who may be telephone numbers
	dialled := false           // some are more than digits behind one zero
	silent := p.silent
	for n := range uint32(len(p.ids.offset)) {
		if len(silent) > 0 && silent[0] == n {
			silent = silent[1:]
			continue
		}
		id := p.ids.id(n)
		if mayBePhone(id) {
			phones = append(phones, n)
			dialled = dialled || !beginsWithZero(id)
		}
		if p.owner(n) != n {
			continue
		}
		if rest := withoutZeros(id); len(rest) > 0 {
			if k := p.ids.known(rest); k >= 0 && p.owner(uint32(k)) != n {
				p.belongs(n, p.owner(uint32(k)))
				joined++
			}
			continue
		}
		if !isName(id) {
			continue
		}
		if first == nil {
			names.init()
		}
		folded := spelling(id)
		if len(folded) == 0 || len(folded) > maxID {
			continue
		}
		if k := names.number(folded); int(k) == len(first) {
			first = append(first, n)
		} else {
			p.belongs(n, first[k])
			joined++
		}
	}
	if dialled {
		joined += p.joinPhones(phones)
	}
	return joined
}

// belongs notes that a number stands for a customer.
func (p *identity) belongs(n, customer uint32) {
	for uint32(len(p.same)) <= n {
		p.same = append(p.same, 0)
	}
	p.same[n] = customer + 1
}

// minPadded is from how many digits on leading zeros fill a number up: 007 may be another customer than 7.
const minPadded = 5

// withoutZeros is a number without its leading zeros, nil where it has none or is no number.
func withoutZeros(id []byte) []byte {
	if len(id) < minPadded || id[0] != '0' {
		return nil
	}
	for len(id) > 0 && id[0] == '0' {
		id = id[1:]
	}
	for _, c := range id {
		if c-'0' > 9 {
			return nil
		}
	}
	return id
}

// isName reports whether a text has a blank between letters, and nothing that names have not: capitals do not matter in it.
func isName(id []byte) bool {
	blanks, letters := 0, 0
	for i, c := range id {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
			letters++
		case c == ' ' && i > 0:
			blanks++
		case c != '.' && c != '-' && c != '\'' && c != ',':
			return false
		}
	}
	return blanks > 0 && letters > 2
}

// address is an e-mail address without what programs write around it: mailto: and Ann Archer <ann@x.example>.
func address(id []byte) []byte {
	for n := len("mailto:"); len(id) > n && equalFold(id[:n], "mailto:"); {
		id = trim(id[n:])
	}
	if n := len(id); n > 2 && id[n-1] == '>' {
		for i := n - 2; i >= 0; i-- {
			if id[i] == '<' && isEmail(id[i+1:n-1]) {
				return id[i+1 : n-1]
			}
		}
	}
	return id
}

// scanID reports whether id is all ASCII, whether it holds an @, and whether a capital of A to Z, eight bytes at a time.
func scanID(id []byte) (ascii, mail, capitals bool) {
	var high, at, upper uint64 // the highest bit of a byte for each, over all words
	for len(id) > 0 {
		var w uint64
		if len(id) >= 8 {
			w, id = word(id), id[8:]
		} else {
			w, id = lastWord(id), nil
		}
		high |= w
		other := w ^ '@'*ones // a zero byte for each @
		at |= (other - ones) &^ other
		low := w &^ highs
		upper |= (low + (0x80-'A')*ones) &^ (low + (0x7F-'Z')*ones) &^ w
	}
	return high&highs == 0, at&highs != 0, upper&highs != 0
}

// lower returns b with ASCII letters in lower case, copied only if it must be.
func lower(b []byte) []byte {
	for _, c := range b {
		if c >= 'A' && c <= 'Z' {
			return appendLower(nil, b)
		}
	}
	return b
}

func appendLower(out, b []byte) []byte {
	for _, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return out
}
