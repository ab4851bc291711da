package orders

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// Telephone numbers of one line, and of several, as people write them. Customers are counted by hand; 07700 900 and 01632 960 are the numbers that Ofcom keeps for drama,
// 555 01 those of North America.
func TestPhoneNumbers(t *testing.T) {
	for text, customers := range map[string]int{
		"+44 7700 900123|07700 900123|00447700900123|+44 (0)7700 900123|447700900123|07700900123": 1,
		"+44 7700 900123|07700 900124":                           2,
		"+44 7700 900123|07700900123|7700900123":                 1, // a spreadsheet cuts the zero off
		"(555) 555-0123|555-555-0123|5555550123|+1 555.555.0123": 1,
		"(555) 555-0123|555-555-0124":                            2,
		"+33 6 12 34 56 78|06.12.34.56.78|0612345678|612345678":  1,
		"+39 06 1234 5678|06 12345678":                           1, // Italy dials the zero from abroad too
		"+7 912 345-67-89|8 (912) 345-67-89":                     1,
		"+36 30 123 4567|06 30 123 4567":                         1,
		"+45 12 34 56 78|12 34 56 78":                            1,
		"+44 7700 900123|+49 7700 900123|07700 900123":           3, // whose it is nobody knows
		"+44 7700 900123|+49 7700 900123":                        2,
		"12-3456789|123-456789|123456789":                        3, // a branch and a number
		"1234567890|0001234567|1234567":                          2,
		"+4512345678|12345678":                                   2, // eight digits alone are a shop's own number
		"2024-01-05/17|20240105/17":                              2,
		"+44 7700 900123 ext 5|+44 7700 900123":                  2,
	} {
		ids := strings.Split(text, "|")
		file := "customer,date,total\n"
		for i, id := range ids {
			file += fmt.Sprintf("%s,2024-01-%02d,10\n", id, i+1)
		}
		r := NewReader(Options{})
		r.Write([]byte(file))
		r.Close()
		if got := r.Report(); got.Customers != customers || got.Respelled != len(ids)-customers {
			t.Errorf("%s: %d customers, %d respelled; want %d", text, got.Customers, got.Respelled, customers)
		}
		for _, a := range ids { // a part of the file has all spellings
			if key := JoinKey([]byte(a)); customers == 1 && string(key) != string(JoinKey([]byte(ids[0]))) {
				t.Errorf("%s: the key of %s is %s", text, a, key)
			}
		}
	}
}

// Strangers do not become one. Half of a shop's numbers are British ones at random without a country's code, half American ones with it: 100,000 times 12,500
// pairs could be of the same ten digits, of a thousand million, so that 1.25 are by chance.
func TestPhoneNumbersOfStrangers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var people identity
	people.ids.init()
	const each = 100_000
	for range each {
		n := fmt.Sprintf("%010d", 7_000_000_000+r.IntN(1_000_000_000))
		people.ids.number([]byte("0" + n[:4] + " " + n[4:]))
		people.ids.number([]byte(fmt.Sprintf("+1 %010d", 2_000_000_000+r.IntN(8_000_000_000))))
	}
	customers := len(people.ids.offset)
	if joined := people.joinSpellings(); joined > 5 {
		t.Errorf("%d of %d joined", joined, customers)
	}
}
