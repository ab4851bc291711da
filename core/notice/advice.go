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
	FewRepeats: {"{n, plural, =0 {No customer has} one {Only {shown} customer has} other {Only {shown} customers have}} ordered a second time",
		"Estimates are rough. Look at the intervals, and use a file with a longer history if you have one.", count},
	ShortHistory: {"The file covers only {number} times the usual time between two orders",
		"Lost customers and slow ones look alike. Use a longer history, or wait before you act on risk.", rough},
	NoFullYear: {"The file covers {number} days, less than a year",
		"Seasonal swings do not show. If your sales are seasonal, use at least one full year.", count},
	NotConverged: {"The parameter search stopped before it was complete",
		"Choose another model, or check the file for orders that are not from customers.", rough},
	LimitingModel: {"A simpler model would do for these data",
		"Predictions are reliable. Single parameter values are not meaningful: do not quote them.", rough},
	WeaklyIdentified: {"Some parameters are known only to within a factor of {number}",
		"The intervals allow for this. Do not compare single parameters with another shop's.", factor},
	NeverReturnedAlive: {"This model takes every one-time customer for active: {number} of your customers",
		"If that is not plausible, choose MBG/NBD or Pareto/NBD.", share},
	Trend: {"Orders {way, select, down {have fallen behind the model} other {have risen above the model}} by {number} over the time of the file",
		"The model allows for no trend. If it continues, forecasts will be off in that direction.", share},
	Season: {"Orders vary by {number} with the seasons",
		"The model allows for no season. Choose a forecast period of whole years.", share},
	MissesHoldout: {"Earlier forecasts of the total missed by {number}",
		"Use the ranking. The totals are rough.", share},
	FarHorizon: {"The forecast period is {number} times as long as the history in the file",
		"The data say nothing about so late a time. Shorten the forecast period.", rough},
	NoAmounts: {"The file has no amounts",
		"Customers are ranked by expected orders. Add a column of amounts to see values in money.", rough},
	SpendFollowsFrequency: {"Customers who order more often spend a different amount per order: correlation {number}",
		"The usual spend model (Gamma-Gamma) does not allow for that, so Hourglass uses a simpler average of order values.", rough},
	SpendByMoments: {"The usual spend model (Gamma-Gamma) does not fit these amounts",
		"Hourglass uses a simpler average of order values. Check the largest amounts in the file.", rough},
	FewSpenders: {"The average order value comes from only {n, plural, one {{shown} customer} other {{shown} customers}}",
		"Values in money are rough.", count},
	TooLittle: {"{n, plural, =0 {The history is too short for a forecast} one {The history is too short for this forecast period: {shown} day at most} other {The history is too short for this forecast period: {shown} days at most}}",
		"Use a longer history, or shorten the forecast period. Use customers' values for ranking only: do not add them up.", count},
	Unchecked: {"{n, plural, =0 {No earlier forecast} one {Only {shown} earlier forecast} other {Only {shown} earlier forecasts}} of this length could be checked",
		"The range allows for the usual error: {least} to {most}, up to {worst} in some shops. It narrows after three checks.", count},
	OneGiant: {"One customer makes up {number} of the revenue or of the expected value",
		"The totals depend on this customer. Look at this customer separately, and value the others without.", share},
	LikeSubscription: {"The time between two orders hardly varies: this looks like a subscription",
		"Use the retention calculators: they are made for renewals.", rough},
	FirstOrdersOnly: {"No customer has ordered a second time, so order values come from first orders",
		"Use a longer history as soon as you have one.", rough},
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
func significant(v float64) string { return rounded(v, 2) }

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
