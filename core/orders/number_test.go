package orders

import (
	"math"
	"testing"
)

func TestNumbers(t *testing.T) {
	type result struct {
		value    float64
		currency string
	}
	for mark, cases := range map[byte]map[string]result{
		'.': {
			"1234.56": {1234.56, ""}, "1,234.56": {1234.56, ""}, "1,234": {1234, ""}, "1 234.56": {1234.56, ""}, "1'234.56": {1234.56, ""},
			"1’234.56": {1234.56, ""}, "1\u00a0234.56": {1234.56, ""}, "1\u202f234.56": {1234.56, ""}, "12,34,567.8": {1234567.8, ""},
			"$5": {5, "$"}, "$ 5.00": {5, "$"}, "5.00 USD": {5, "USD"}, "usd5": {5, "USD"}, "US$5": {5, "US$"}, "€5": {5, "EUR"}, "5 €": {5, "EUR"}, "5 Euro": {5, "EUR"},
			"\x805": {5, "EUR"}, "£5": {5, "GBP"}, "\xa35": {5, "GBP"}, "₹ 1,00,000": {100000, "INR"}, "Rs. 500": {500, "RS"}, "12 kr": {12, "KR"},
			"-5": {-5, ""}, "−5": {-5, ""}, "5-": {-5, ""}, "(5.00)": {-5, ""}, "($5.00)": {-5, "$"}, "$(5.00)": {-5, "$"}, "-$5": {-5, "$"}, "$-5": {-5, "$"}, "▲1,234": {-1234, ""}, "△5": {-5, ""}, "▲¥5": {-5, "¥"}, "－5": {-5, ""},
			"+5": {5, ""}, ".5": {.5, ""}, "5.": {5, ""}, "-0.00": {0, ""}, "1e3": {1000, ""}, "1.5E+03": {1500, ""}, "1E-2": {.01, ""},
			"0.1": {.1, ""}, "5e": {5, "E"}, "1.234": {1.234, ""}, "0.30": {.3, ""}, "179.95": {179.95, ""},
		},
		',': {
			"1234,56": {1234.56, ""}, "1.234,56": {1234.56, ""}, "1.234": {1234, ""}, "1 234,56 €": {1234.56, "EUR"}, "EUR 1.234.567,8": {1234567.8, "EUR"},
			"-5,00": {-5, ""}, "(5,00)": {-5, ""}, "1'234,5": {1234.5, ""}, "1\xa0234,5": {1234.5, ""}, "0,5": {.5, ""},
		},
	} {
		for text, want := range cases {
			v, code, verdict := parseNumber([]byte(text), mark)
			if verdict != readOK || v != want.value || currencyName(code) != want.currency {
				t.Errorf("%q: %v %q verdict %d, want %v", text, v, currencyName(code), verdict, want)
			}
		}
	}
	for _, text := range []string{"", "-", "$", ".", ",", "x", "NaN", "nan", "-NaN", "inf", "-Infinity", "null", "1.2.3", "1,2,3", "--5", "(5", "5)", "(-5)",
		"12%", "5 items", "address1", "1 2", "5 USD EUR", "2024-01-12", "1/2", "#REF!", "5..", "1,,000", "0x10"} {
		if v, _, verdict := parseNumber([]byte(text), '.'); verdict != readBad {
			t.Errorf("%q: %v verdict %d", text, v, verdict)
		}
	}
	for text, mark := range map[string]byte{"12,50": '.', "1.234,56": '.', "12.50": ',', "1,234.56": ',', "0,123": '.', "1234,567": '.'} {
		if v, _, verdict := parseNumber([]byte(text), mark); verdict != readConflict {
			t.Errorf("%q with %c: %v verdict %d", text, mark, v, verdict)
		}
	}
}

// amounts makes a log with one customer per amount.
func amounts(list ...string) string {
	text := "id;date;amount\n"
	for i, a := range list {
		text += string(rune('a'+i)) + ";2024-01-01;" + a + "\n"
	}
	return text
}

func TestDecimalMark(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		o      Options
		spend  float64
		mark   byte
		reason DecimalReason
	}{
		"comma":                   {amounts("12,50", "1.234,56"), Options{}, 1247.06, ',', DecimalByRow},
		"point":                   {amounts("12.50", "1,234.56"), Options{}, 1247.06, '.', DecimalByRow},
		"rows settle 1.234":       {amounts("1.234", "12,50"), Options{}, 1246.5, ',', DecimalByRow},
		"rows settle 1,234":       {amounts("1,234", "12.50"), Options{}, 1246.5, '.', DecimalByRow},
		"rows settle a fraction":  {amounts("1.234", "12.5"), Options{}, 13.734, '.', DecimalByRow},
		"three digits: thousands": {amounts("12.000", "1.500"), Options{}, 13500, ',', DecimalByGuess},
		"the same with commas":    {amounts("12,000", "1,500"), Options{}, 13500, '.', DecimalByGuess},
		"integers":                {amounts("12", "1500"), Options{}, 1512, '.', DecimalNotNeeded},
		"option":                  {amounts("1.500"), Options{Decimal: '.'}, 1.5, '.', DecimalByOption},
	} {
		p := read(t, c.text, c.o).Report()
		if p.Spend != c.spend || p.Decimal != c.mark || p.DecimalReason != c.reason || p.SetAsideRows() != 0 {
			t.Errorf("%s: %v %c %v aside %d", name, p.Spend, p.Decimal, p.DecimalReason, p.SetAsideRows())
		}
	}
	p := read(t, amounts("1,50", "2,50", "3.50"), Options{}).Report()
	if aside := p.SetAside[ReasonDecimalMark]; aside.Rows != 1 || aside.Examples[0].Line != 4 || p.Spend != 4 {
		t.Errorf("conflict: %+v, spend %v", aside, p.Spend)
	}
}

// A number with an abbreviation is read as what it says, or as none.
func TestAbbreviations(t *testing.T) {
	for text, want := range map[string]float64{
		"$1.2K": 1200, "1.2k": 1200, "3.4m": 3.4e6, "€3.4M": 3.4e6, "1.2 K": 1200, "1.5bn": 1.5e9, "2.5 million": 2.5e6, "-$1.2K": -1200, "($1.2K)": -1200, "12k€": 12000, "1.2 mUSD": 1.2e6,
		"1.2 mln zł": 1.2e6, "3 тыс. руб.": 3000, "1.5 млн": 1.5e6, "3万円": 30000, "1.2億円": 1.2e8, "5만원": 50000, "₹1.5 lakh": 150000, "2 crore": 2e7, "R$ 1.2 mil": 1200, "1.2 Mrd": 1.2e9, "1.2 مليون": 1.2e6,
		"5000 K": 5000, "12 kr": 12, "12 Kč": 12, "100 MAD": 100, "100 B": 100, "12 KWD": 12,
	} {
		if v, _, verdict := parseNumber([]byte(text), '.'); verdict != readOK || math.Abs(v-want) > 1e-12*math.Abs(want) {
			t.Errorf("%q is %v, %v; want %v", text, v, verdict, want)
		}
	}
	for _, text := range []string{"1.2 K M", "K1.2K5", "12 mil. K"} {
		if v, _, verdict := parseNumber([]byte(text), '.'); verdict == readOK {
			t.Errorf("%q is %v", text, v)
		}
	}
}
