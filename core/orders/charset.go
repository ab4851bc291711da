package orders

import "unicode/utf8"

// charsetBytes is how much of a file Charset looks at.
const charsetBytes = 1 << 16

// Charset decides by the first bytes of a file how its text is encoded. Whoever feeds the
// Reader decodes what it cannot read itself, everything from EncodingWindows1250 on, to UTF-8,
// and says so in Options.Encoding.
//
// The evidence is which pairs of bytes and which single ones occur: kana in Shift_JIS, Hangul
// in EUC-KR and EUC-JP, the first plane of GBK, second bytes among the letters in Big5; letters in runs for Cyrillic, Greek, Hebrew, Arabic and Thai; single letters
// between ASCII for the Latin pages. Where nothing decides, Windows-1252.
func Charset(head []byte) Encoding {
	head = head[:min(len(head), charsetBytes)]
	if e, n := sniffEncoding(head); e != EncodingUTF8 || n > 0 || validStart(head) {
		return e
	}
	b := countBytes(head)
	if b.high == 0 { // nothing but signs
		return EncodingWindows1252
	}
	if two := pairs(head, anyPair); two.inWord*2 > two.all {
		return b.latin(head)
	}
	switch {
	case b.small == 0 && b.cyrillic(): // capitals alone
		return EncodingWindows1251
	case b.thai():
		return EncodingWindows874
	case b.hebrew():
		return EncodingWindows1255
	case b.greek():
		return EncodingWindows1253
	case b.runs*10 >= b.high*6 && b.letters*10 >= b.high*9 && (b.of[0xC7]+b.of[0xE1])*100 >= b.high*15:
		return EncodingWindows1256
	case b.runs*10 >= b.high*6 && b.letters*10 >= b.high*9 && b.small*10 >= b.high*5 && !pairs(head, hangulPair).mostly(), b.cyrillic():
		return EncodingWindows1251
	}
	if kana := pairs(head, eucKana); kana.bad*20 <= kana.all && kana.good*10 >= kana.all {
		return EncodingEUCJP
	}
	if low := pairs(head, big5Pair); low.all >= 8 && low.bad*20 <= low.all && low.good*100 >= low.all*15 {
		return EncodingBig5
	}
	if kana := pairs(head, kanaPair); b.runs*10 >= b.high*5 && kana.bad*20 <= kana.all && kana.good*5 >= kana.all {
		return EncodingShiftJIS
	}
	if hangul := pairs(head, hangulPair); hangul.mostly() {
		return EncodingEUCKR
	}
	if hanzi := pairs(head, hanziPair); hanzi.bad*20 <= hanzi.all && hanzi.good*10 >= hanzi.all*8 {
		return EncodingGBK
	}
	return b.latin(head)
}

// validStart reports whether b is UTF-8, but for a rune cut at its end.
func validStart(b []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(b); cut++ {
		if utf8.Valid(b[:len(b)-cut]) {
			return true
		}
		if c := b[len(b)-1-cut]; c < 0x80 {
			return false
		}
	}
	return false
}

// byteCounts says which bytes beyond ASCII occur.
type byteCounts struct {
	of      [256]int
	high    int // beyond ASCII
	letters int // of these from 0xC0 on
	small   int // from 0xE0 on, where Cyrillic has its small letters
	runs    int // next to another one
}

func countBytes(b []byte) (n byteCounts) {
	for i, c := range b {
		if c < 0x80 || lonelySign(b, i) {
			continue
		}
		n.of[c]++
		n.high++
		if c >= 0xC0 {
			n.letters++
		}
		if c >= 0xE0 {
			n.small++
		}
		if i > 0 && b[i-1] >= 0x80 || i+1 < len(b) && b[i+1] >= 0x80 {
			n.runs++
		}
	}
	return n
}

// lonelySign reports whether a byte stands for itself and is a sign of a currency or a blank in nearly all code pages: each amount may have one, and no word does.
func lonelySign(b []byte, i int) bool {
	switch b[i] {
	case 0x80, 0x88, 0xA0, 0xA4: // the euro, in Windows-1251 too; a blank; the shekel
		return (i == 0 || b[i-1] < 0x80) && (i+1 == len(b) || b[i+1] < 0x40)
	}
	return false
}

// from counts the bytes of a range.
func (n *byteCounts) from(first, last byte) (count int) {
	for c := int(first); c <= int(last); c++ {
		count += n.of[c]
	}
	return count
}

// thai: letters in runs, half of them the most usual ones, and no byte that the page does not have.
func (n *byteCounts) thai() bool {
	usual := 0
	for _, c := range []byte("\xA1\xA7\xB9\xC2\xC3\xC5\xCD\xD1\xD2\xD4\xD5\xE0\xE8\xE9") {
		usual += n.of[c]
	}
	none := n.from(0x81, 0x84) + n.from(0x86, 0x90) + n.from(0x98, 0x9F) + n.from(0xDB, 0xDE) + n.from(0xFC, 0xFF)
	return none == 0 && n.runs*10 >= n.high*8 && usual*10 >= n.high*4
}

// hebrew: letters in runs, all of them among 27, where resh, shin and tav are usual; Cyrillic has its rarest letters there.
func (n *byteCounts) hebrew() bool {
	kinds := 0
	for c := 0xE0; c <= 0xFA; c++ {
		kinds += min(n.of[c], 1)
	}
	return n.runs*10 >= n.high*6 && n.from(0xE0, 0xFA)*20 >= n.high*19 && n.of[0xFB]+n.of[0xFC]+n.of[0xFF] == 0 && kinds >= 6 && n.from(0xF8, 0xFA)*100 >= n.high*6
}

// greek: letters in runs; where Cyrillic has its a, which is in every other word, Greek has a letter that it hardly uses, and where Greek has
// omicron to omega Arabic has marks. Alpha or eta is in most words.
func (n *byteCounts) greek() bool {
	return n.runs*10 >= n.high*6 && n.letters*10 >= n.high*9 && (n.of[0xC0]+n.of[0xE0])*50 <= n.high && n.from(0xEF, 0xF9)*100 >= n.high*15 && (n.of[0xC1]+n.of[0xE1]+n.of[0xC7]+n.of[0xE7])*100 >= n.high*6
}

// cyrillic: letters in runs, in any mixture of capitals and small ones, where O, A, E and И are as usual as they are in words; second bytes of Chinese and Korean
// are spread wider, and KOI8-R has other letters in the places of O and A.
func (n *byteCounts) cyrillic() bool {
	kinds := 0
	for c := 0xC0; c <= 0xFF; c++ {
		kinds += min(n.of[c], 1)
	}
	oa := n.of[0xCE] + n.of[0xC0] + n.of[0xEE] + n.of[0xE0]
	vowels := oa + n.of[0xC5] + n.of[0xC8] + n.of[0xE5] + n.of[0xE8]
	return kinds >= 6 && n.runs*10 >= n.high*8 && (n.letters+n.of[0xA8]+n.of[0xB8])*100 >= n.high*95 && vowels*5 >= n.high && oa > n.of[0xCF]+n.of[0xC1]+n.of[0xEF]+n.of[0xE1]
}

// latin tells the code pages of Latin letters apart: by the words that they make, or else by their letters.
func (n *byteCounts) latin(head []byte) Encoding {
	if page, ok := pageByWords(head); ok {
		return page
	}
	share := func(list string) (rows, kinds int) {
		for i := range len(list) {
			rows += n.of[list[i]]
			if n.of[list[i]] > 0 {
				kinds++
			}
		}
		return rows, kinds
	}
	turkish, _ := share("\xD0\xDD\xDE\xF0\xFD\xFE")                // Ğ İ Ş ğ ı ş
	polish, _ := share("\xB9\xB3\xBF\x9F\xA5\xAF")                 // ą ł ż ź Ą Ż: in Windows-1252 signs
	czech, kinds := share("\xEC\xF8\x9E\x9A\xE8")                  // ě ř ž š č
	more, kindsOfMore := share("\xCC\xD8\x8E\x8A\xC8\x9D\x8D\xF9") // Ě Ř Ž Š Č ť Ť ů
	sure, _ := share("\x8A\x8D\x8E\x9A\x9D\x9E")                   // no letters of Western Europe
	nordic, _ := share("\xC5\xC6\xD0\xE5\xE6\xF0")                 // Å Æ Ð å æ ð
	umlauts, _ := share("\xC7\xDC\xE7\xFC")                        // Ç Ü ç ü, as in Turkish
	mark, _ := share("\xD0\xDE\xF0\xFE")                           // Ğ Ş ğ ş, and letters of Icelandic, which has no ü and no ç
	accents, _ := share("\xC8\xCC\xCD\xDD\xE1\xE8\xEC\xED\xFD")    // Č Ě Í Ý á č ě í ý, of which Danish has none
	o := n.of[0xD8] + n.of[0xF8]                                   // Ř ř, or Ø ø
	switch {
	case n.of[0xE3] > 0 && n.of[0xDE]+n.of[0xFE] > 0 && n.of[0xF0]+n.of[0xFD]+n.of[0xDD] == 0: // ă and Ţ or ţ
		return EncodingWindows1250
	case n.of[0xC6]+n.of[0xE6] == 0 && (turkish*10 >= n.high*3 && kinds < 3 || mark > 0 && umlauts > 0 && sure == 0 && polish == 0):
		return EncodingWindows1254
	case o > 0 && nordic == 0 && accents >= o, centralEnds(head):
		return EncodingWindows1250
	case polish*10 >= n.high*2, sure > 0 && kinds+kindsOfMore >= 3 && (czech+more)*4 >= n.high, kinds >= 3 && czech*10 >= n.high*4:
		return EncodingWindows1250
	}
	return EncodingWindows1252
}

// centralEnds reports whether a word ends in Hungarian's ő, which is õ in Western pages and ends no word, or begins with Romanian's Ş, which is ª there and ends a number.
func centralEnds(b []byte) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(b) && (b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z' || b[i] >= 0xC0)
	}
	for i, c := range b {
		if c == 0xF5 && letter(i-1) && !letter(i+1) || c == 0xAA && !letter(i-1) && letter(i+1) {
			return true
		}
	}
	return false
}

// pairCounts says how the bytes beyond ASCII make pairs.
type pairCounts struct {
	all, good, bad int
	inWord         int // those behind a letter of ASCII, as accents are in words and no other script is
}

// mostly reports whether nearly all pairs are of the script looked for.
func (p pairCounts) mostly() bool { return p.all >= 4 && p.bad*50 <= p.all && p.good*10 >= p.all*9 }

// pairs cuts b into single bytes and pairs. kind says of two bytes how many belong together, 0
// for neither, and whether they are what the encoding is known by.
func pairs(b []byte, kind func(a, b byte) (n int, good bool)) (p pairCounts) {
	end := 0
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			i++
			continue
		}
		if i+1 == len(b) {
			break
		}
		n, good := kind(b[i], b[i+1])
		p.all++
		if i > end && b[i-1]|0x20 >= 'a' && b[i-1]|0x20 <= 'z' {
			p.inWord++
		}
		switch {
		case n == 0:
			p.bad++
			n = 1
		case good:
			p.good++
		}
		i += n
		end = i
	}
	return p
}

// anyPair: a byte beyond ASCII, and a second one as all encodings of two bytes have it.
func anyPair(_, b byte) (int, bool) {
	return 1 + whole(b >= 0x40), true
}

func kanaPair(a, b byte) (int, bool) {
	switch {
	case a >= 0xA1 && a <= 0xDF: // katakana of half width
		return 1, false
	case b < 0x40 || b == 0x7F || b > 0xFC || a == 0x80 || a == 0xA0 || a > 0xFC:
		return 0, false
	case a == 0x82 && b >= 0x9F && b <= 0xF1, a == 0x83 && b <= 0x96: // hiragana, katakana
		return 2, true
	}
	return 2, a >= 0x88 && a <= 0x9F || a >= 0xE0 && a <= 0xEA // kanji
}

// eucKana: hiragana and katakana of EUC-JP, which GBK has too and hardly uses.
func eucKana(a, b byte) (int, bool) {
	switch {
	case a == 0x8E && b >= 0xA1 && b <= 0xDF: // katakana of half width
		return 2, true
	case a < 0xA1 || a > 0xF4 || b < 0xA1 || b == 0xFF:
		return 0, false
	}
	return 2, a == 0xA4 && b <= 0xF3 || a == 0xA5 && b <= 0xF6
}

// big5Pair: second bytes below 0x7F are of Big5, since GBK's first plane has none.
func big5Pair(a, b byte) (int, bool) {
	if a < 0xA1 || a > 0xF9 || b < 0x40 || b > 0x7E && b < 0xA1 || b == 0xFF {
		return 0, false
	}
	return 2, b <= 0x7E && a >= 0xA4
}

func hangulPair(a, b byte) (int, bool) {
	if a < 0xA1 || a == 0xFF || b < 0xA1 || b == 0xFF {
		return 0, false
	}
	return 2, a >= 0xB0 && a <= 0xC8
}

func hanziPair(a, b byte) (int, bool) {
	if a == 0x80 || a == 0xFF || b < 0x40 || b == 0x7F || b == 0xFF {
		return 0, false
	}
	return 2, a >= 0xB0 && a <= 0xF7 && b >= 0xA1 || a >= 0xA1 && a <= 0xA3 && b >= 0xA1
}
