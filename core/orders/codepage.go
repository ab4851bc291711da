package orders

// latinPages are the code pages of Latin letters that share their places: the letters from 0xC0 on without their marks, the small ones 0x20 behind the capitals, and others in pairs of byte and letter.
var latinPages = [...]struct {
	encoding Encoding
	letters  string
	more     string
}{
	{EncodingWindows1252, "aaaaaaaceeeeiiiidnooooo*ouuuuyts", "\x8As\x8Ez\x9As\x9Ez"},
	{EncodingWindows1250, "raaaalccceeeeiiddnnoooo*ruuuuyts", "\x8As\x8Cs\x8Dt\x8Ez\x8Fz\x9As\x9Cs\x9Dt\x9Ez\x9Fz\xA3l\xA5a\xAAs\xAFz\xB3l\xB9a\xBAs\xBCl\xBEl\xBFz"},
	{EncodingWindows1254, "aaaaaaaceeeeiiiignooooo*ouuuuiss", "\x8As\x9As"},
}

// pageBytes is how much of a file is read for words: names of columns and some rows.
const pageBytes = 1 << 12

// pageByWords is the code page in which more words with letters beyond ASCII are those of columns and statuses than in the others, ok where there is one. A few such words tell more
// than many letters do.
func pageByWords(head []byte) (page Encoding, ok bool) {
	head = head[:min(len(head), pageBytes)]
	l := newLexicon()
	most := 0
	for i := range latinPages {
		switch n := knownIn(l, head, i); {
		case n > most:
			most, page, ok = n, latinPages[i].encoding, true
		case n == most:
			ok = false
		}
	}
	return page, ok && most > 0
}

// knownIn counts the words beyond ASCII that are known in a code page.
func knownIn(l *lexicon, head []byte, page int) (known int) {
	word := make([]byte, 0, maxWord)
	beyond := false
	for i := 0; i <= len(head); i++ {
		var c byte
		if i < len(head) {
			c = pageLetter(head[i], page)
		}
		if c != 0 {
			beyond = beyond || head[i] >= 0x80
			if len(word) < maxWord {
				word = append(word, c)
			}
			continue
		}
		if beyond && len(word) > 2 {
			known += whole(l.word(word) != 0 || statusOf(word) != StandingUnknown)
		}
		word, beyond = word[:0], false
	}
	return known
}

// pageLetter is the letter of a byte without its marks, 0 for none.
func pageLetter(c byte, page int) byte {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return c | 0x20
	case c >= 0xC0:
		return latinPages[page].letters[c&0x1F]
	}
	for more := latinPages[page].more; len(more) > 1; more = more[2:] {
		if more[0] == c {
			return more[1]
		}
	}
	return 0
}
