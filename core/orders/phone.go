package orders

import (
	"cmp"
	"slices"
)

// Digits of a telephone number, without the prefix of international calls: a number of fewer is hardly one of a person, and more are none (ITU-T E.164).
const (
	minPhone = 8
	maxPhone = 15

	// minBare is from how many digits on a number that stands without any mark of a telephone may be one: shorter ones are mostly a shop's own.
	minBare = 10
)

// phone is a telephone number as it is dialled.
type phone struct {
	digits        [maxPhone + 2]byte
	n             int
	international bool // the digits begin with the code of a country
	marked        bool // it has blanks or other marks between the digits
}

func (p *phone) text() []byte { return p.digits[:p.n] }

// parsePhone reads what may be a telephone number: +44 7700 900123, 0044…, (0)77…, 555-123-4567. Digits alone are one where they begin with zero.
func parsePhone(id []byte) (p phone, ok bool) {
	plus, dashes, brackets := false, false, false
	groups, length := 0, 0 // the lengths of the groups of digits, as a number of those digits
	for i := 0; i < len(id); i++ {
		switch c := id[i]; {
		case c-'0' <= 9:
			if p.n == len(p.digits) {
				return p, false
			}
			p.digits[p.n] = c
			p.n++
			length++
			continue
		case c == '+':
			if plus || p.n > 0 {
				return p, false
			}
			plus = true
			continue
		case c == '(' && plus && len(id) > i+2 && id[i+1] == '0' && id[i+2] == ')': // +44 (0)77…: not dialled from abroad
			i += 2
		case c == '(' || c == ')':
			brackets = true
		case c == '-' || c == '.' || c == '/':
			dashes = true
		case c == 0xC2 && i+1 < len(id) && id[i+1] == 0xA0:
			i++
		case c != ' ':
			return p, false
		}
		p.marked = true
		if length > 0 {
			groups, length = min(groups, 1000)*10+min(length, 9), 0
		}
	}
	groups = groups*10 + min(length, 9)
	american := p.n == 10 && groups == 334 || p.n == 11 && p.digits[0] == '1' && groups == 1334
	if dashes && !plus && !brackets && p.n > 0 && p.digits[0] != '0' && !american { // the parts of some other number
		return p, false
	}
	p.international = plus
	if !plus && p.n > minBare && p.digits[0] == '0' && p.digits[1] == '0' && p.digits[2] != '0' {
		p.international = true
		p.n = copy(p.digits[:], p.digits[2:p.n])
	}
	zeros := 0
	for zeros < p.n && p.digits[zeros] == '0' {
		zeros++
	}
	if p.n-zeros < minPhone || p.n > maxPhone || p.international && zeros > 0 {
		return p, false
	}
	return p, p.international || p.marked || p.digits[0] == '0'
}

// countryCode is the length of that at the start of an international number (ITU-T E.164, list of assigned codes): they are of one to three digits, and none begins another.
func countryCode(digits []byte) int {
	switch two := digits2(digits[0], digits[1]); {
	case digits[0] == '1' || digits[0] == '7':
		return 1
	case two == 20 || two == 27 || two >= 30 && two <= 34 || two == 36 || two >= 39 && two <= 41 || two >= 43 && two <= 49,
		two >= 51 && two <= 58, two >= 60 && two <= 66, two == 81 || two == 82 || two == 84 || two == 86,
		two >= 90 && two <= 95, two == 98:
		return 2
	}
	return 3
}

// phoneKey is the end of a text that may be a telephone number or digits that could be taken for one, nil for others: alike in all its spellings.
func phoneKey(id []byte) []byte {
	if p, ok := parsePhone(id); ok {
		return append([]byte(nil), p.digits[p.n-minPhone:p.n]...)
	}
	if len(id) < minPhone || len(id) > maxPhone {
		return nil
	}
	for _, c := range id {
		if c-'0' > 9 {
			return nil
		}
	}
	return id[len(id)-minPhone:]
}

// mayBePhone reports by its first bytes and marks whether an id may be read by parsePhone: most ids are not.
func mayBePhone(id []byte) bool {
	if len(id) < minPhone || len(id) > 2*maxPhone {
		return false
	}
	switch c := id[0]; {
	case c == '+' || c == '(' || c == '0':
		return true
	case c-'0' > 9:
		return false
	}
	for _, c := range id {
		if c-'0' > 9 {
			return c == ' ' || c == '-' || c == '.' || c == '/' || c == 0xC2
		}
	}
	return false
}

// beginsWithZero reports whether a text is digits alone, the first of them a zero and the second none.
func beginsWithZero(id []byte) bool {
	for _, c := range id {
		if c-'0' > 9 {
			return false
		}
	}
	return id[0] == '0' && id[1] != '0'
}

// phoneBook joins the spellings of telephone numbers.
type phoneBook struct {
	people  *identity
	numbers interner // a number as it is dialled, those with the code of a country with a + before it
	first   []uint32 // by number: the customer
	claims  []claim
	joined  int
}

// claim says that a customer's number without the code of its country is the international one of another.
type claim struct{ national, international uint32 }

// joinPhones makes one of customers whose telephone number the file writes in several ways. A number with a country's code and one without it are the same where the
// rest is, of eight digits at least, and no other country's has it: two people share them by chance once in a hundred million and more.
// It looks at the numbers that end alike and at no others, so that a part of a file that has all of those (JoinKey) joins as the whole does.
func (p *identity) joinPhones(candidates []uint32) (joined int) {
	b := phoneBook{people: p}
	b.numbers.init()
	for _, n := range candidates {
		if number, ok := parsePhone(p.ids.id(n)); ok {
			b.add(n, &number)
		}
	}
	for k := range b.first {
		if text := b.numbers.id(uint32(k)); text[0] == '+' {
			b.claim(b.first[k], text[1:])
		}
	}
	b.settle()
	return b.joined
}

// add joins a customer with those whose number has the same digits.
func (b *phoneBook) add(n uint32, number *phone) {
	var room [maxPhone + 1]byte
	text := number.text()
	if number.international {
		text = append(append(room[:0], '+'), text...)
	}
	if k := b.numbers.number(text); int(k) == len(b.first) {
		b.first = append(b.first, n)
	} else {
		b.join(n, b.first[k])
	}
	digits := number.text()
	b.joinBare(digits, n)
	if digits[0] == '0' { // a spreadsheet cuts it off
		b.joinBare(digits[1:], n)
	}
}

// joinBare joins who has digits alone with a customer.
func (b *phoneBook) joinBare(digits []byte, customer uint32) {
	if n := b.people.ids.known(digits); n >= 0 {
		b.join(uint32(n), customer)
	}
}

// join makes two customers one.
func (b *phoneBook) join(n, customer uint32) {
	n, customer = b.people.owner(n), b.people.owner(customer)
	if n != customer {
		b.people.belongs(n, customer)
		b.joined++
	}
}

// claim notes who has an international number without the code of its country: with or without the digits that are dialled before it within the country.
func (b *phoneBook) claim(customer uint32, digits []byte) {
	code := countryCode(digits)
	rest := digits[code:]
	if len(rest) < minPhone {
		return
	}
	trunk := "0"
	switch string(digits[:code]) { // ITU-T Operational Bulletin 994, dialling procedures
	case "7":
		trunk = "8"
	case "36":
		trunk = "06"
	}
	var room [maxPhone + 2]byte
	for _, prefix := range [...]string{string(digits[:code]), "", trunk} {
		text := append(append(room[:0], prefix...), rest...)
		if k := b.numbers.known(text); k >= 0 {
			b.claims = append(b.claims, claim{b.people.owner(b.first[k]), customer})
		}
		if bare := b.people.ids.known(text); bare >= 0 && len(text) >= minBare {
			b.claims = append(b.claims, claim{b.people.owner(uint32(bare)), customer})
		}
	}
}

// settle joins where one international number alone claims another.
func (b *phoneBook) settle() {
	slices.SortFunc(b.claims, func(x, y claim) int {
		return cmp.Or(cmp.Compare(x.national, y.national), cmp.Compare(x.international, y.international))
	})
	for i := 0; i < len(b.claims); {
		end, alone := i+1, true
		for ; end < len(b.claims) && b.claims[end].national == b.claims[i].national; end++ {
			alone = alone && b.people.owner(b.claims[end].international) == b.people.owner(b.claims[i].international)
		}
		if alone {
			b.join(b.claims[i].national, b.claims[i].international)
		}
		i = end
	}
}
