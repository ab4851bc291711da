package main

import (
	"math"
	"strconv"
	"strings"
)

// The prerendered figures, in the way of the page's format.mjs for English and dollars: what is read before the page's
// own code has run must not change when it does.

var monthsOf = map[string]float64{"month": 1, "quarter": 3, "year": 12}

// format is a figure in its unit; rounded leaves out what a sentence does not need.
func format(v float64, unit, period string, rounded bool) string {
	switch unit {
	case "money":
		return money(v, rounded)
	case "share", "rate":
		if rounded && math.Abs(v) >= 0.1 {
			return decimal(v*100, 1) + "%"
		}
		return decimal(v*100, 2) + "%"
	case "ratio":
		if rounded {
			return decimal(v, 1) + "×"
		}
		return decimal(v, 2) + "×"
	case "years":
		return years(v)
	case "months":
		return duration(v)
	case "periods":
		if period == "year" {
			return years(v)
		}
		return duration(v * monthsOf[period])
	case "days":
		return counted(v, "day")
	case "count":
		if math.Abs(v) < 0.1 {
			return strconv.FormatFloat(v, 'g', 2, 64)
		}
		if math.Abs(v) < 10 {
			return decimal(v, 2)
		}
		return decimal(v, 1)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// points is a share in points.
func points(v float64) string {
	n := decimal(100*v, 2)
	if n == "1" {
		return n + " point"
	}
	return n + " points"
}

func money(v float64, rounded bool) string {
	digits := decimal(math.Abs(v), 0)
	if !rounded || math.Abs(v) < 99.995 {
		digits = group(strconv.FormatFloat(math.Abs(v), 'f', 2, 64))
	}
	if v < 0 && strings.Trim(digits, "0.") != "" {
		return "-$" + digits
	}
	return "$" + digits
}

func duration(months float64) string {
	if months < 24 {
		return counted(months, "month")
	}
	return years(months / 12)
}

func years(v float64) string {
	if v > 0 && v < 0.95 {
		return counted(12*v, "month")
	}
	return counted(v, "year")
}

func counted(v float64, noun string) string {
	digits := 1
	if math.Abs(v) >= 100 {
		digits = 0
	}
	n := decimal(v, digits)
	if n != "1" {
		noun += "s"
	}
	return n + " " + noun
}

// decimal is v with at most so many decimals, grouped in threes.
func decimal(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return group(s)
}

func group(s string) string {
	whole, fraction, found := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + fraction
	}
	return sign + whole
}
