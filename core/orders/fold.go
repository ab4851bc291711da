package orders

import "unicode/utf8"

// Base letters of U+00C0 to U+00FF and of U+0100 to U+017F: accents carry no meaning in
// the names of columns, and are often missing.
const (
	latinBase     = "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"
	latinExtended = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll" +
		"nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
)

// foldRune is a rune in lower case without its accent, an Arabic letter in its plain form,
// a full-width or Arabic digit as ASCII; 0 for what only marks or stretches letters, and a
// blank for what is no letter or digit.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= 0xC0 && r <= 0xFF:
		return rune(latinBase[r-0xC0])
	case r >= 0x100 && r <= 0x17F:
		return rune(latinExtended[r-0x100])
	case r == 0x218 || r == 0x219: // Romanian, with the comma below
		return 's'
	case r == 0x21A || r == 0x21B:
		return 't'
	case r >= 0x300 && r < 0x370: // combining accents
		return 0
	case r >= 0x1EA0 && r <= 0x1EF9 || r >= 0x1A0 && r <= 0x1B0:
		return foldVietnamese(r)
	case r == 0x401 || r == 0x451: // ё is written е
		return 0x435
	case r >= 0x386 && r <= 0x3CE:
		return foldGreek(r)
	case r >= 0x400 && r <= 0x42F:
		return capitalToSmall(r)
	}
	return foldOther(r)
}

// foldVietnamese takes the tone and the horn off a letter.
func foldVietnamese(r rune) rune {
	switch {
	case r == 0x1A0 || r == 0x1A1:
		return 'o'
	case r == 0x1AF || r == 0x1B0:
		return 'u'
	case r < 0x1EA0:
		return r
	case r < 0x1EB8:
		return 'a'
	case r < 0x1EC8:
		return 'e'
	case r < 0x1ECC:
		return 'i'
	case r < 0x1EE4:
		return 'o'
	case r < 0x1EF2:
		return 'u'
	}
	return 'y'
}

// Greek letters with an accent or two dots, and those without.
const (
	greekMarked = "άέήίϊΐόύϋΰώ"
	greekPlain  = "αεηιιιουυυω"
)

// foldGreek is a small letter without its accent.
func foldGreek(r rune) rune {
	r = capitalToSmall(r)
	for i, marked := range greekMarked {
		if r == marked {
			plain, _ := utf8.DecodeRuneInString(greekPlain[i:]) // both have two bytes a letter
			return plain
		}
	}
	return r
}

// capitalToSmall is the small letter of a capital of the alphabets that have some, any other rune itself.
func capitalToSmall(r rune) rune {
	switch {
	case r == 0x130 || r == 0x131: // the i with a point, and the one without: capitals of Turkish names are written in either way
		return 'i'
	case r >= 'A' && r <= 'Z', r >= 0xC0 && r <= 0xDE && r != 0xD7, r >= 0x391 && r <= 0x3AB, r >= 0x410 && r <= 0x42F:
		return r + 0x20
	case r >= 0x400 && r <= 0x40F:
		return r + 0x50
	case r >= 0x531 && r <= 0x556: // Armenian
		return r + 0x30
	case r >= 0x139 && r <= 0x148, r >= 0x179 && r <= 0x17E: // capitals with odd numbers
		return r + r&1
	case r >= 0x100 && r <= 0x177, r >= 0x1A0 && r <= 0x1A5, r >= 0x460 && r <= 0x481, r >= 0x48A && r <= 0x4BF, r >= 0x1E00 && r <= 0x1EFF:
		return r | 1
	}
	switch r {
	case 0x3C2: // a sigma at a word's end
		return 0x3C3
	case 0x178:
		return 0xFF
	case 0x1AF:
		return 0x1B0
	case 0x386:
		return 0x3AC
	case 0x388, 0x389, 0x38A:
		return r + 37
	case 0x38C:
		return 0x3CC
	case 0x38E, 0x38F:
		return r + 63
	}
	return r
}

// foldOther goes on beyond the alphabets of Europe.
func foldOther(r rune) rune {
	switch {
	case r >= 0x660 && r <= 0x669: // Arabic digits
		return r - 0x660 + '0'
	case r >= 0x6F0 && r <= 0x6F9: // Persian ones
		return r - 0x6F0 + '0'
	case r == 0x622 || r == 0x623 || r == 0x625: // alef with what stands on it
		return 0x627
	case r == 0x629: // teh marbuta
		return 0x647
	case r == 0x649: // alef maksura
		return 0x64A
	case r == 0x640 || r >= 0x64B && r <= 0x655: // tatweel, vowels
		return 0
	case r >= 0xE50 && r <= 0xE59: // Thai ones
		return r - 0xE50 + '0'
	case r >= 0x966 && r <= 0x96F: // those of Hindi and Marathi
		return r - 0x966 + '0'
	case r >= 0x591 && r <= 0x5C7: // Hebrew vowels
		return 0
	case r >= 0xFF01 && r <= 0xFF5E: // full width
		return foldRune(r - 0xFEE0)
	case isSign(r):
		return ' '
	}
	return r
}

// signs are the ranges of runes beyond ASCII that are no letters: marks, blanks, signs of currencies, arrows, pictures. What is not known is a
// letter: names that differ stay different.
var signs = [...][2]rune{
	{0x80, 0xBF}, {0xD7, 0xD7}, {0xF7, 0xF7}, {0x5BE, 0x5BE}, {0x5F3, 0x5F4}, {0x60C, 0x60C}, {0x61B, 0x61F}, {0x66A, 0x66D}, {0x6D4, 0x6D4}, {0xE3F, 0xE3F},
	{0x2000, 0x2BFF}, {0x3000, 0x3004}, {0x3006, 0x3040}, {0x30FB, 0x30FB}, {0xE000, 0xF8FF}, {0xFE00, 0xFE6F}, {0xFEFF, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FFFF},
}

func isSign(r rune) bool {
	for _, between := range signs {
		if r >= between[0] && r <= between[1] {
			return true
		}
	}
	return false
}

// unspaced reports whether a rune is of a script that is written without blanks.
func unspaced(r rune) bool {
	return r >= 0xE01 && r <= 0xE4E || r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r == 0x3005
}

// fold appends b to dst, rune by rune through foldRune; bytes that are not UTF-8 count as
// Windows-1252.
func fold(dst, b []byte) []byte {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(b[i])
		}
		if r = foldRune(r); r != 0 {
			dst = utf8.AppendRune(dst, r)
		}
		i += n
	}
	return dst
}

// Classes of runes between which a name falls into words.
const (
	classGap = iota
	classDigit
	classLatin // and every other script that has blanks
	classUnspaced
)

func classOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return classDigit
	case r >= 'a' && r <= 'z' || r > 0x80 && !unspaced(r):
		return classLatin
	case unspaced(r):
		return classUnspaced
	}
	return classGap
}

// normalise makes a column's name comparable: folded, its words parted by single blanks.
// Words end at blanks and marks, between digits and letters, and where a capital follows
// a small letter: "Order ID", "order_id" and "OrderId" are all "order id".
func normalise(name []byte) []byte {
	if !utf8.Valid(name) {
		name = recode(nil, name)
	}
	out := make([]byte, 0, len(name)+8)
	before, small, capitals := classGap, false, 0
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRune(name[i:])
		i += n
		f := foldRune(r)
		if f == 0 {
			continue
		}
		class := classOf(f)
		capital := isCapital(r)
		switch {
		case class == classGap || class != before && before != classGap:
			out = gap(out)
		case capital && small:
			out = gap(out)
		case !capital && class == classLatin && capitals > 1: // IDNumber: the last capital begins the next word
			last := len(out) - 1
			out = append(append(out[:last], ' '), out[last])
		}
		if capital {
			capitals++
		} else {
			capitals = 0
		}
		small = class == classLatin && !capital
		before = class
		if class != classGap {
			out = utf8.AppendRune(out, f)
		}
	}
	return trim(out)
}

// gap ends a word.
func gap(out []byte) []byte {
	if len(out) > 0 && out[len(out)-1] != ' ' {
		out = append(out, ' ')
	}
	return out
}

// nextWord cuts the first of the words parted by single blanks.
func nextWord(name []byte) (word, rest []byte) {
	for i, c := range name {
		if c == ' ' {
			return name[:i], name[i+1:]
		}
	}
	return name, nil
}

// nextName cuts the first of the names separated by bars.
func nextName(list string) (first, rest string) {
	for i := 0; i < len(list); i++ {
		if list[i] == '|' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// listed reports whether name is one of the list.
func listed(list string, name []byte) bool {
	for len(list) > 0 {
		var entry string
		if entry, list = nextName(list); string(name) == entry {
			return true
		}
	}
	return false
}

// hasWord reports whether word stands in name between blanks or ends.
func hasWord(name []byte, word string) bool {
	for i := 0; i+len(word) <= len(name); i++ {
		end := i + len(word)
		if (i == 0 || name[i-1] == ' ') && (end == len(name) || name[end] == ' ') && string(name[i:end]) == word {
			return true
		}
	}
	return false
}

// hasPrefix reports whether name begins with the words of prefix.
func hasPrefix(name []byte, prefix string) bool {
	return len(name) >= len(prefix) && string(name[:len(prefix)]) == prefix && (len(name) == len(prefix) || name[len(prefix)] == ' ')
}

// contains reports whether part stands anywhere in text.
func contains(text []byte, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		if string(text[i:i+len(part)]) == part {
			return true
		}
	}
	return false
}

// Normalise makes the name of a column comparable: "Order ID", "order_id" and "OrderId" are all
// "order id".
func Normalise(name []byte) []byte { return normalise(name) }

// spelling makes a name of somebody comparable: small letters without accents, its words parted by single blanks. José is Jose, but in Vietnamese names
// the tones count: Hồng is not Hạng. Archer, Ann is Ann Archer.
func spelling(name []byte) []byte {
	name = firstNameFirst(name)
	out := make([]byte, 0, len(name))
	toned := hasTones(name)
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRune(name[i:])
		i += n
		if r < 0x80 && (r|0x20 < 'a' || r|0x20 > 'z') && (r < '0' || r > '9') || r == 0xA0 {
			out = gap(out)
			continue
		}
		if r = capitalToSmall(r); !toned {
			r = foldRune(r)
		}
		switch r {
		case 0:
		case ' ':
			out = gap(out)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return trim(out)
}

// firstNameFirst is a name without the comma that stands behind the family's, if there is one comma.
func firstNameFirst(name []byte) []byte {
	at := indexByte(string(name), ',')
	if at < 0 || indexByte(string(name[at+1:]), ',') >= 0 {
		return name
	}
	turned := append(make([]byte, 0, len(name)+1), name[at+1:]...)
	return append(append(turned, ' '), name[:at]...)
}

// hasTones reports whether a name has letters or marks that Vietnamese alone has.
func hasTones(name []byte) bool {
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRune(name[i:])
		i += n
		switch {
		case r >= 0x1EA0 && r <= 0x1EF9, r == 0x1A0, r == 0x1A1, r == 0x1AF, r == 0x1B0, r == 0x309, r == 0x31B, r == 0x323:
			return true
		}
	}
	return false
}

// isCapital reports whether a Latin letter is one: of ASCII, Latin-1 or Latin Extended-A, whose capitals stand before their small letters.
func isCapital(r rune) bool {
	switch {
	case r < 0xC0:
		return r >= 'A' && r <= 'Z'
	case r < 0x100:
		return r <= 0xDE && r != 0xD7
	case r >= 0x139 && r <= 0x148 || r >= 0x179 && r <= 0x17E:
		return r&1 == 1
	}
	return r == 0x178 || r < 0x178 && r&1 == 0 && r != 0x138
}
