package orders

import "unicode/utf8"

// Encoding of a file's text.
type Encoding uint8

// Encodings. EncodingWindows1252 covers Latin-1: the two differ only in control
// codes that no export holds.
const (
	EncodingUTF8 Encoding = iota
	EncodingUTF16LE
	EncodingUTF16BE
	EncodingWindows1252
	EncodingWindows1250 // Central Europe; this and the following are decoded before the Reader
	EncodingWindows1251 // Cyrillic
	EncodingWindows1254 // Turkish
	EncodingWindows1256 // Arabic
	EncodingShiftJIS
	EncodingEUCKR
	EncodingGBK
	EncodingBig5
	EncodingEUCJP
	EncodingWindows1253 // Greek
	EncodingWindows1255 // Hebrew
	EncodingWindows874  // Thai
	NumEncodings        // the number of encodings
)

func (e Encoding) String() string {
	return pick(int(e), "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk", "big5", "euc-jp", "windows-1253", "windows-1255", "windows-874")
}

// decoder turns raw bytes into UTF-8. Windows-1252 is not decoded here: whether
// bytes are not UTF-8 is seen field by field, where it is cheap (see recode).
type decoder struct {
	encoding Encoding
	half     byte // first byte of a UTF-16 unit cut by a chunk
	hasHalf  bool
	high     rune // high surrogate waiting for its low one
}

// decode appends the text of src to dst until src or the capacity of dst ends
// and returns how much of src it took.
func (d *decoder) decode(dst, src []byte) ([]byte, int) {
	if d.encoding == EncodingUTF8 {
		n := min(cap(dst)-len(dst), len(src))
		return append(dst, src[:n]...), n
	}
	n := 0
	// A unit makes at most six bytes: a lone surrogate's stand-in and itself.
	for n < len(src) && cap(dst)-len(dst) >= 2*utf8.UTFMax {
		if !d.hasHalf {
			d.half, d.hasHalf = src[n], true
			n++
			continue
		}
		unit := rune(d.half) | rune(src[n])<<8
		if d.encoding == EncodingUTF16BE {
			unit = rune(d.half)<<8 | rune(src[n])
		}
		d.hasHalf = false
		n++
		dst = d.unit(dst, unit)
	}
	return dst, n
}

// unit appends one UTF-16 unit, joining surrogates.
func (d *decoder) unit(dst []byte, u rune) []byte {
	high := d.high
	d.high = 0
	if high != 0 {
		if u >= 0xDC00 && u < 0xE000 {
			return utf8.AppendRune(dst, (high-0xD800)<<10+(u-0xDC00)+0x10000)
		}
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	if u >= 0xD800 && u < 0xDC00 {
		d.high = u
		return dst
	}
	return utf8.AppendRune(dst, u) // a lone low surrogate becomes U+FFFD
}

// windows1252 holds the code points of the bytes 0x80 to 0x9F.
// Source: unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT.
var windows1252 = [32]uint16{
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
	0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
}

// recode appends Windows-1252 text to dst as UTF-8.
func recode(dst, b []byte) []byte {
	for _, c := range b {
		switch {
		case c < 0x80:
			dst = append(dst, c)
		case c < 0xA0:
			dst = utf8.AppendRune(dst, rune(windows1252[c-0x80]))
		default:
			dst = utf8.AppendRune(dst, rune(c))
		}
	}
	return dst
}
