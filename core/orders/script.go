package orders

import "unicode/utf8"

// foreign reports whether a text has bytes beyond ASCII: only then can it be in another
// script.
func foreign(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}

// westernDate appends a date in the forms of Japanese, Chinese, Korean and Arabic texts to dst
// in the digits and marks that parseDate reads: 2024年1月5日 and 2024. 1. 5. become 2024-1-5.
// ok is false where nothing had to change.
func westernDate(dst, b []byte) (_ []byte, ok bool) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		i += n
		switch r {
		case '年', '月', '년', '월', '.', '．':
			dst = gapless(dst, '-')
			ok = true
			for i < len(b) && b[i] == ' ' { // 2024년 1월 5일
				i++
			}
			continue
		case '日', '일', '号':
			dst = append(dst, ' ')
			ok = true
			continue
		case '時', '时', '시', '点', '分', '분':
			dst = gapless(dst, ':')
			ok = true
			for i < len(b) && b[i] == ' ' {
				i++
			}
			continue
		case '(', '（': // the weekday
			for i < len(b) && r != ')' && r != '）' {
				r, n = utf8.DecodeRune(b[i:])
				i += n
			}
			ok = true
			continue
		case '秒', '초', 0x200E, 0x200F, 0x061C: // and marks of direction
			ok = true
			continue
		}
		digit := digitOf(r)
		ok = ok || digit != r
		dst = utf8.AppendRune(dst, digit)
	}
	for len(dst) > 0 && (dst[len(dst)-1] == '-' || dst[len(dst)-1] == ':' || dst[len(dst)-1] == ' ') {
		dst = dst[:len(dst)-1]
	}
	before := len(dst)
	dst = withoutHalfDay(dst)
	return dst, ok || len(dst) != before
}

func gapless(dst []byte, mark byte) []byte {
	for len(dst) > 0 && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return append(dst, mark)
}

// halfDays stand before the time, or after it in Arabic; the day of an order does not depend
// on them.
var halfDays = [...]string{"午前", "午後", "上午", "下午", "오전", "오후", "ص", "م"}

func withoutHalfDay(b []byte) []byte {
	for _, h := range halfDays {
		for i := 0; i+len(h) <= len(b); i++ {
			if string(b[i:i+len(h)]) == h {
				end := i
				for end > 0 && (b[end-1] == '-' || b[end-1] == ' ') {
					end--
				}
				rest := trim(b[i+len(h):])
				if end > 0 && len(rest) > 0 {
					b[end] = ' ' // in the place of a mark, or of the word
					end++
				}
				return append(b[:end], rest...)
			}
		}
	}
	return b
}

// digitOf is a full-width, Arabic, Persian, Indian, Thai, Lao, Burmese or Khmer digit or mark as ASCII, any other rune itself.
func digitOf(r rune) rune {
	switch {
	case r >= 0x660 && r <= 0x669:
		return r - 0x660 + '0'
	case r >= 0x6F0 && r <= 0x6F9:
		return r - 0x6F0 + '0'
	case r >= 0x966 && r <= 0xD6F && r&0x7F >= 0x66 && r&0x7F <= 0x6F: // Devanagari to Malayalam, a block of 128 each
		return r&0x7F - 0x66 + '0'
	case r >= 0xE50 && r <= 0xE59, r >= 0xED0 && r <= 0xED9, r >= 0x1040 && r <= 0x1049, r >= 0x17E0 && r <= 0x17E9: // Thai, Lao, Burmese, Khmer
		return r&0xF + '0'
	case r == 0x66B: // Arabic decimal mark
		return '.'
	case r == 0x66C: // Arabic thousands
		return ','
	case r == 0x3000: // blank
		return ' '
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	}
	return r
}

// westernNumber appends a number with full-width or Arabic digits to dst in ASCII digits. ok is
// false where nothing had to change. An Arabic decimal mark becomes the file's.
func westernNumber(dst, b []byte, decimal byte) (_ []byte, ok bool) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, b[i])
			i++
			continue
		}
		i += n
		if r == 0x200E || r == 0x200F || r == 0x061C {
			ok = true
			continue
		}
		digit := digitOf(r)
		ok = ok || digit != r
		switch r {
		case 0x66B:
			digit = rune(decimal)
		case 0x66C:
			digit = rune('.' + ',' - decimal)
		}
		dst = utf8.AppendRune(dst, digit)
	}
	return dst, ok
}

// eras are those of Japanese dates, in full and by their letter, with the year before their first.
var eras = [...]struct {
	name, letter string
	before       int
}{{"令和", "R", 2018}, {"平成", "H", 1988}, {"昭和", "S", 1925}}

// eraDate reads 令和6年1月5日, R6.1.5 and H31/4/30.
func eraDate(b []byte) (date, bool) {
	for _, era := range eras {
		n := 0
		switch {
		case len(b) > len(era.name) && string(b[:len(era.name)]) == era.name:
			n = len(era.name)
		case len(b) > 5 && b[0] == era.letter[0] && b[1]-'0' <= 9:
			n = 1
		default:
			continue
		}
		if len(b) > maxDate {
			return date{}, false
		}
		rest := b[n:]
		var room, first [2 * maxDate]byte
		if one := "元"; len(rest) > len(one) && string(rest[:len(one)]) == one {
			rest = append(append(first[:0], '1'), rest[len(one):]...)
		}
		text, _ := westernDate(room[:0], rest)
		p := dateParser{rest: text}
		y, wy := p.number()
		m := p.next()
		d := p.next()
		if wy < 1 || wy > 2 || y < 1 {
			return date{}, false
		}
		return p.finish(era.before+y, m, d)
	}
	return date{}, false
}

// next reads a mark and the number after it, 0 for none.
func (p *dateParser) next() int {
	if len(p.rest) < 2 || p.rest[0] != '-' && p.rest[0] != '/' && p.rest[0] != '.' {
		return 0
	}
	p.rest = p.rest[1:]
	v, w := p.number()
	if w > 2 {
		return 0
	}
	return v
}
