package customers

import (
	"bytes"

	"hourglass/core/orders"
)

// Columns whose cells hold several values: tags such as "vip, wholesale". A customer is then in the group of each.

// separators are what stands between values, the likeliest last where two are used alike.
var separators = [...]string{"|", "；", ";", "، ", "،", "，", "、", ","}

// tagNames are headers of columns that hold several values by what they are, after orders.Normalise.
var tagNames = [...]string{"tags", "tag", "labels", "schlagworter", "schlagworte", "etiquettes", "etiquetas", "タグ", "الوسوم"}

// longestWhole is the length in bytes from which a text may have been cut where it was read, within its last value.
const longestWhole = 76

// tagsOf are the values that each text of a column holds, nil where every text is one value. Texts are taken apart where the header says that
// they are tags; else where they say so themselves: some hold more values than others, and nearly every value stands in several texts. "Korea,
// Republic of" among countries is one value, and so is "red, M" where every text has a colour and a size.
func tagsOf(c *orders.Carried) [][]string {
	named := namesTags(c.Name)
	best, found := 0, [][]string(nil)
	for _, separator := range separators {
		texts, n := make([][]string, c.Values()), 0
		for i := range texts {
			if texts[i] = partsOf(string(c.Value(i)), separator); len(texts[i]) > 1 {
				n++
			}
		}
		if n > 0 && n >= best && (named || saySeveral(texts)) {
			best, found = n, texts
		}
	}
	for i, of := range found {
		if last := len(of) - 1; last > 0 && len(c.Value(i)) >= longestWhole && !stands(found, of[last], i) {
			found[i] = of[:last]
		}
	}
	return found
}

// namesTags reports whether a header is one of tags, or ends with its word.
func namesTags(header []byte) bool {
	name := orders.Normalise(header)
	for _, tag := range tagNames {
		if rest, ok := bytes.CutSuffix(name, []byte(tag)); ok && (len(rest) == 0 || rest[len(rest)-1] == ' ') {
			return true
		}
	}
	return false
}

// partsOf are the values of a text, none of them twice.
func partsOf(text, separator string) (out []string) {
	for rest, more := []byte(text), true; more; {
		var part []byte
		part, rest, more = bytes.Cut(rest, []byte(separator))
		if part = bytes.TrimSpace(part); len(part) == 0 {
			continue
		}
		known := false
		for _, one := range out {
			known = known || tagKey(one) == tagKey(string(part))
		}
		if !known {
			out = append(out, string(part))
		}
	}
	return out
}

// tagKey is what two values have in common that differ in capitals only.
func tagKey(tag string) string { return string(bytes.ToLower([]byte(tag))) }

// saySeveral reports whether texts are lists of values by what they hold.
func saySeveral(texts [][]string) bool {
	in, listed := map[string]int{}, map[string]bool{}
	least, most := 1<<30, 0
	for _, of := range texts {
		least, most = min(least, len(of)), max(most, len(of))
		for _, tag := range of {
			in[tagKey(tag)]++
			if len(of) > 1 {
				listed[tagKey(tag)] = true
			}
		}
	}
	shared := 0
	for tag := range listed {
		if allDigits(tag) { // 1,5 is a number
			return false
		}
		if in[tag] > 1 {
			shared++
		}
	}
	return most > least && len(listed) > 1 && 10*shared >= 9*len(listed)
}

func allDigits(text string) bool {
	for _, b := range []byte(text) {
		if b < '0' || b > '9' {
			return false
		}
	}
	return true
}

// stands reports whether a value stands in another text than this one.
func stands(texts [][]string, tag string, but int) bool {
	for i, of := range texts {
		for _, one := range of {
			if i != but && tagKey(one) == tagKey(tag) {
				return true
			}
		}
	}
	return false
}
