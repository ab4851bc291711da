package mcp

import (
	"slices"
	"strings"

	"hourglass/core/catalogue"
)

// mostFound is how many calculations a search names.
const mostFound = 6

// searched are the calculations that fit the words of a question, the best first: those that have more of them, in their question rather than in the words
// of a field. All, in their order, where no word is known.
func searched(search string) (list []*catalogue.Calculation) {
	words := strings.FieldsFunc(strings.ToLower(search), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	words = slices.DeleteFunc(words, func(word string) bool { return len(word) < 3 || slices.Contains(usualWords, word) })
	score := map[*catalogue.Calculation]int{}
	for i := range catalogue.Calculations {
		c := &catalogue.Calculations[i]
		head := " " + strings.ToLower(strings.Join([]string{c.ID, c.Title, c.Question}, " "))
		body := strings.ToLower(strings.Join(c.Assumptions, " ") + wordsOf(c.Layout().Inputs) + wordsOf(c.Layout().Results))
		for _, word := range words {
			for _, one := range append([]string{word}, alike[word]...) {
				switch {
				case strings.Contains(head, one):
					score[c] += 3
				case strings.Contains(body, one):
					score[c]++
				}
			}
		}
		list = append(list, c)
	}
	if len(score) == 0 {
		return list
	}
	list = slices.DeleteFunc(list, func(c *catalogue.Calculation) bool { return score[c] == 0 })
	slices.SortStableFunc(list, func(a, b *catalogue.Calculation) int {
		if score[a] == score[b] { // a single model is rarely what is asked for
			return part(a) - part(b)
		}
		return score[b] - score[a]
	})
	return list[:min(len(list), mostFound)]
}

// part tells the models, 1, from what uses them and from all else, 0.
func part(c *catalogue.Calculation) int {
	if strings.Contains(c.ID, "/") && !strings.HasPrefix(c.ID, "customers/") {
		return 1
	}
	return 0
}

// usualWords stand in questions of every kind.
var usualWords = []string{"the", "and", "our", "are", "for", "how", "what", "which", "who", "with", "does", "would", "should", "can", "will", "about", "much", "many", "that", "this", "have",
	"has", "from", "each", "customer", "customers", "worth", "value"}

// alike are words that mean what the catalogue says in others.
var alike = map[string][]string{
	"leave": {"risk"}, "leaving": {"leave", "risk"}, "lose": {"leave", "risk"}, "lost": {"risk"}, "cancel": {"churn"}, "ltv": {"clv"}, "lifetime": {"clv"},
	"ads": {"acquisition"}, "advertising": {"acquisition"}, "marketing": {"acquisition"}, "budget": {"acquisition"}, "funnel": {"journey"}, "invite": {"referr"}, "refer": {"referr"}, "referral": {"referr"},
	"discount": {"plan"}, "yearly": {"annual", "one-year"}, "points": {"loyalty"}, "rewards": {"loyalty"}, "contract": {"yearly"}, "active": {"alive"}, "support": {"service"}, "differ": {"calculators"},
}

// wordsOf are the titles and helps of fields.
func wordsOf(fields []catalogue.Field) string {
	var w strings.Builder
	for i := range fields {
		w.WriteString(" " + fields[i].Title + " " + fields[i].Help)
	}
	return w.String()
}
