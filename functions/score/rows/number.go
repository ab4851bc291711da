package rows

import (
	"bytes"
	"math"
	"strconv"

	"hourglass/core/orders"
)

// pow10 holds the powers of ten that appendNumber scales by.
var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// parseNumber reads a finite number with a decimal point.
func parseNumber(b []byte) (float64, bool) {
	if v, ok := orders.PlainNumber(b, '.'); ok {
		return v, true
	}
	return parseSlowly(b)
}

func parseSlowly(b []byte) (float64, bool) {
	b = bytes.TrimSpace(b)
	for _, c := range b { // no hexadecimal, underscores, NaN or infinity
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil
}

// missing reports whether a cell holds nothing, in the ways of databases.
func missing(b []byte) bool {
	switch len(b) {
	case 0:
		return true
	case 2:
		return string(b) == `\N`
	case 4:
		return string(b) == "null" || string(b) == "NULL"
	}
	return false
}

// AppendNumber writes a number with ten significant digits at most, trailing zeros left
// out. Within [1e-5, 1e10) it multiplies and rounds once, which may tell a tie
// apart in the wrong way: half a unit in the tenth digit.
func AppendNumber(dst []byte, v float64) []byte {
	if v >= 0 && v < 1e10 && v == math.Trunc(v) {
		return strconv.AppendUint(dst, uint64(v), 10)
	}
	if !(v >= 1e-5 && v < 1e10) {
		return strconv.AppendFloat(dst, v, 'g', 10, 64)
	}
	decimals := 9 // so that v 10^decimals has ten digits
	for v >= pow10[10-decimals] {
		decimals--
	}
	for decimals < 14 && v*pow10[decimals] < 1e9 {
		decimals++
	}
	scaled := uint64(v*pow10[decimals] + 0.5)
	for decimals > 0 && scaled%10 == 0 {
		scaled /= 10
		decimals--
	}
	return appendDecimal(dst, scaled, decimals)
}

// appendDecimal writes scaled/10^decimals.
func appendDecimal(dst []byte, scaled uint64, decimals int) []byte {
	one := uint64(pow10[decimals])
	dst = strconv.AppendUint(dst, scaled/one, 10)
	if decimals == 0 {
		return dst
	}
	point := len(dst)
	dst = strconv.AppendUint(dst, one+scaled%one, 10) // the 1 in front keeps the zeros behind the point
	dst[point] = '.'
	return dst
}
