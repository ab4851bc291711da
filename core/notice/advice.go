package notice

import (
	"math"
	"strconv"
	"strings"
)

// An advice is a warning about customers in two parts, a headline and what to do. Its places are those of ICU
// MessageFormat: {n, plural, one {{shown} customer} other {{shown} customers}}, where n is the notice's figure and shown
// or number the same as text; way is down or up. site/messages/<language>/warnings.json has it in the other languages.
type advice struct {
	says, do string
	figure   form
}

// A form is how an advice shows its figure.
type form uint8

const (
	rough  form = iota // two significant digits
	count              // a whole number
	share              // percent, without a sign
	factor             // e to the figure: a relative error as a factor
)

var advices = [CodeCount]advice{
	FewRepeats: {"{n, plural, =0 {Nobody} one {Only {shown} customer} other {Only {shown} customers}} ever ordered again",
		"Estimates are rough: look at the intervals, and read a longer file if you have one.", count},
	ShortHistory: {"The file spans only {number} times the usual time between two orders",
		"Who has left can hardly be told from who is merely slow. Read a longer file, or wait before acting on risk.", rough},
	NoFullYear: {"The file spans {number} days, less than a year",
		"A season would not show. If yours has one, read at least a full year.", count},
	NotConverged: {"The search for the parameters was cut short",
		"Choose another model, or check the file for orders that are not customers' orders.", rough},
	LimitingModel: {"The data call for a simpler model",
		"Predictions hold. Single parameters mean nothing: do not quote them.", rough},
	WeaklyIdentified: {"Some parameters are hardly known: to a factor of {number}",
		"The intervals allow for it. Do not compare single parameters with those of another shop.", factor},
	NeverReturnedAlive: {"This model takes every one-time buyer for active: {number} of your customers",
		"Where that is absurd, choose MBG/NBD or Pareto/NBD.", share},
	Trend: {"Orders {way, select, down {fall} other {rise}} by {number} over the file, against the model",
		"The model knows no trend. If it goes on, the coming orders will be off in that direction.", share},
	Season: {"Orders swing by {number} with the seasons",
		"The model does not know it. Look ahead by whole years.", share},
	MissesHoldout: {"Earlier forecasts of the total were off by {number}",
		"Use the ranking, and take the totals with care.", share},
	FarHorizon: {"You look {number} times as far ahead as the file looks back",
		"Nothing in the data says what happens so late. Look less far ahead.", rough},
	NoAmounts: {"There are no amounts",
		"Customers are ranked by expected orders. Add a column of amounts for values in money.", rough},
	SpendFollowsFrequency: {"Who orders more often also spends differently per order: correlation {number}",
		"What an order is worth is taken from averages that hold all the same, not from the Gamma-Gamma model.", rough},
	SpendByMoments: {"What customers spend fits no Gamma-Gamma model",
		"What an order is worth is taken from averages. Check the largest amounts in the file.", rough},
	FewSpenders: {"What an order is worth rests on {n, plural, one {{shown} customer} other {{shown} customers}}",
		"Take values in money as rough.", count},
	TooLittle: {"{n, plural, =0 {The file carries no forecast yet} one {The file carries no forecast so far ahead: {shown} day at most} other {The file carries no forecast so far ahead: {shown} days at most}}",
		"Read a longer file, or look less far ahead. Values of single customers only rank them: do not add them up.", count},
	Unchecked: {"{n, plural, =0 {No earlier forecast} one {Only {shown} earlier forecast} other {Only {shown} earlier forecasts}} over the same time could be checked",
		"The range allows for what shops usually are off by: {least} to {most}, some by {worst}. It narrows with three checks.", count},
	OneGiant: {"One customer makes up {number} of the revenue or of the expected value",
		"The totals rest on this customer. Judge the customer apart, and value the others without.", share},
	LikeSubscription: {"The time between two orders hardly varies: this looks like a subscription",
		"Count renewals instead: the retention calculators are made for that.", rough},
	FirstOrdersOnly: {"Nobody ordered again, so that an order's worth is taken from first orders",
		"Read a longer file as soon as there is one.", rough},
}

// Advice is a warning about customers in its two parts, its places open; ok is false for other codes, whose words are
// Template.
func (c Code) Advice() (says, do string, ok bool) {
	if c >= CodeCount {
		return "", "", false
	}
	a := &advices[c]
	return a.says, a.do, a.says != ""
}

// sentence is the advice about a figure.
func (a *advice) sentence(figure float64) string {
	shown := a.figure.text(figure)
	way := "up"
	if figure < 0 {
		way = "down"
	}
	values := map[string]string{"shown": shown, "number": shown, "way": way,
		"least": share.text(usualMiss[0]), "most": share.text(usualMiss[1]), "worst": share.text(usualMiss[2])}
	return filled(a.says, values, figure) + ". " + filled(a.do, values, figure)
}

// usualMiss is what forecasts of the total were off by on the shops that were tried: usually from and to, and at worst.
var usualMiss = [...]float64{0.10, 0.20, 0.40}

func (f form) text(v float64) string {
	switch f {
	case count:
		return Figure(math.Round(v))
	case share:
		return significant(100*math.Abs(v)) + "%"
	case factor:
		return significant(math.Exp(v))
	}
	return significant(v)
}

// significant is a number to two significant digits.
func significant(v float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return Figure(rounded)
}

// filled puts values in their places. It reads the part of MessageFormat that the texts above use; what is not closed
// stays as it stands.
func filled(text string, values map[string]string, n float64) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return out.String() + text
		}
		inner, length := within(text[open:])
		if length == 0 {
			return out.String() + text
		}
		out.WriteString(text[:open])
		text = text[open+length:]
		name, rest, hasCases := strings.Cut(inner, ",")
		if !hasCases {
			out.WriteString(values[name])
			continue
		}
		kind, cases, _ := strings.Cut(rest, ",")
		key := values[name]
		if strings.TrimSpace(kind) == "plural" {
			key = plural(cases, n)
		}
		out.WriteString(filled(choice(cases, key), values, n))
	}
}

// plural is the case for a number in English.
func plural(cases string, n float64) string {
	if exact := "=" + strconv.FormatFloat(n, 'f', -1, 64); strings.Contains(cases, exact+" {") {
		return exact
	}
	if n == 1 {
		return "one"
	}
	return "other"
}

// choice is the text of a case, that of "other" where there is none.
func choice(cases, key string) (text string) {
	for {
		open := strings.IndexByte(cases, '{')
		if open < 0 {
			return text
		}
		inner, length := within(cases[open:])
		switch name := strings.TrimSpace(cases[:open]); {
		case name == key:
			return inner
		case name == "other":
			text = inner
		}
		if length == 0 {
			return text
		}
		cases = cases[open+length:]
	}
}

// within is what the braces that text begins with hold, and how long it is with them; 0 when they are not closed.
func within(text string) (inner string, length int) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[1:i], i + 1
			}
		}
	}
	return "", 0
}
