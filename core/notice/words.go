package notice

import (
	"math"
	"strconv"
	"strings"
)

// Template is the code's sentence with its places open, empty for a warning that has an Advice: {field} stands for the field's name, {limit} for the notice's
// figure in the field's unit; {limit:years} and the like say the unit outright.
func (c Code) Template() string {
	if c >= CodeCount {
		return ""
	}
	return templates[c]
}

// String is the notice in a sentence: what is wrong or was seen, the limit, and what to do. The field goes by its wire
// name.
func (n Notice) String() string {
	if n.Code < CodeCount && advices[n.Code].says != "" {
		return advices[n.Code].sentence(n.Limit)
	}
	text := n.Code.Template()
	name := n.Field
	if name == "" {
		name = "the input"
	}
	text = strings.ReplaceAll(text, "{field}", name)
	if open := strings.Index(text, "{limit"); open >= 0 {
		if length := strings.IndexByte(text[open:], '}'); length >= 0 {
			text = text[:open] + Figure(n.Limit) + text[open+length+1:]
		}
	}
	if n.Code == TooMany && n.Limit >= customersListed {
		text += " The customers page and the command score take larger lists."
	}
	return text
}

// customersListed is the longest list, that of customers: others have no longer way round.
const customersListed = 20000

// Figure is a number within a sentence: whole, or six significant digits.
func Figure(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if size := math.Abs(rounded); size < 1e-6 || size >= 1e21 {
		return strings.Replace(strconv.FormatFloat(rounded, 'e', -1, 64), "e-0", "e-", 1) // e-9, as JSON is commonly written
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Bounding tells whether a code is about a bound of a field.
func (c Code) Bounding() bool { return c == TooLow || c == TooHigh || c == NotAbove || c == NotBelow }

// Limiting tells whether a notice's figure is a limit that was passed.
func (c Code) Limiting() bool {
	return c.Bounding() || c == TooFew || c == TooMany || c == MoreThan
}

// Err is nil when there is a result and else an Error, which holds the problems without the warnings.
func (l List) Err() error {
	var problems List
	for _, n := range l {
		if n.Code < FirstWarning {
			problems = append(problems, n)
		}
	}
	if problems == nil {
		return nil
	}
	return &Error{problems}
}

// Warnings are the notices that stand beside a result.
func (l List) Warnings() List {
	var warnings List
	for _, n := range l {
		if n.Code >= FirstWarning {
			warnings = append(warnings, n)
		}
	}
	return warnings
}

// An Error says why there is no result. errors.As finds it in whatever wraps it.
type Error struct {
	Problems List // at least one, in the order of the input
}

// Error is all problems, a sentence each.
func (e *Error) Error() string {
	var text strings.Builder
	for i, n := range e.Problems {
		if i > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(n.String())
	}
	return text.String()
}

// An option is a value of an enumeration: String is its wire name, empty from the first unknown value on.
type option interface {
	~uint8
	String() string
}

// ParseOption finds the option of a wire name.
func ParseOption[O option](word string) (O, error) {
	var names []string
	for o := O(0); o.String() != ""; o++ {
		if o.String() == word {
			return o, nil
		}
		names = append(names, o.String())
	}
	last := len(names) - 1
	return 0, wordError(strconv.Quote(word) + " is not " + strings.Join(names[:last], ", ") + " or " + names[last])
}

// OptionText is the wire name of an option, for encoding.
func OptionText[O option](o O) ([]byte, error) {
	if o.String() == "" {
		return nil, wordError("option " + strconv.Itoa(int(o)) + " does not exist")
	}
	return []byte(o.String()), nil
}

type wordError string

func (e wordError) Error() string { return string(e) }

var templates = [CodeCount]string{
	Required:      "{field} is missing. Give a number.",
	TooLow:        "{field} must be at least {limit}.",
	TooHigh:       "{field} must be at most {limit}.",
	NotAbove:      "{field} must be more than {limit}.",
	NotBelow:      "{field} must be less than {limit}.",
	NotWhole:      "{field} must be a whole number.",
	UnknownOption: "{field} is not one of its options.",
	TooFew:        "{field} needs at least {limit:count} values.",
	TooMany:       "{field} takes at most {limit:count} values.",
	Rising:        "{field} is more than the value before it. Survivors can only fall: list how many of the first group are left after each period.",
	AllSame:       "{field} never falls, so there is no churn to fit a curve to. Give more periods.",
	MoreThan:      "{field} cannot be more than {limit:count}, the customers there were.",
	Overflow:      "The result is too large to be a number. Check the inputs for a figure with too many digits.",
	NoMaximum:     "The model could not be fitted to these figures. Check that they are of one group of customers, and in the units asked for.",
	TakesTooMuch:  "{field} can be at most {limit} here: that is all there is left to take from.",
	OnlyOnce:      "A plan can hold one annual plan only. Merge the two, or plan them apart.",
	EndlessChain:  "{field}: each customer would bring {limit:count} new ones, each of whom brings as many again, so that the chain never ends. Referrals must come to less than one friend per customer over the whole relationship.",

	LengthsDiffer:        "{field} must have as many values as the first column: {limit:count}.",
	RecencyAfterAge:      "{field} is later than the customer was observed. Both count from the first order: the last order cannot come after the end.",
	RecencyWithoutRepeat: "{field} must be 0 for a customer without a repeat order.",
	GapsImpossible:       "{field}: no gaps between so many orders, in that time, have so large a sum of logarithms. Must be 0 without a repeat order.",
	RepeatWithoutRecency: "{field} must be above 0 for a customer with repeat orders: the time from the first order to the last.",
	TooManyPurchases:     "{field} is more purchases than there were opportunities.",
	TooManyCustomers:     "{field} come to more than {limit:count} customers in all. The customers page and the command score take larger lists.",
	NothingObserved:      "Every customer first ordered on the last day, so nothing has been seen of them yet. Come back with some time observed.",
	NothingToFit:         "There is nobody to fit the model to. It needs customers of a weight above 0 and, for what they spend, a repeat order worth more than 0.",
	TooLong:              "{field}: these histories hold too many opportunities for one request. Put equal rows together with weights, or fit bgnbd to the times of the orders: there, their length costs nothing.",

	Unbounded:                "With these figures the whole-life value has no limit, so it is counted within {limit:years} years. A discount rate or a horizon sets a limit.",
	LongLifetime:             "This expects a customer to stay {limit:years} years. Few forecasts hold that long. Look at the value of the first years, too.",
	NeverPaysBack:            "The cost is never earned back: a customer brings {limit:money} in all.",
	BelowCost:                "A customer is worth less than it costs to win one: {limit:money}.",
	PlanLoses:                "At this discount the annual plan loses {limit:money} per customer against the monthly plan.",
	FirstSaleLoss:            "The first sale loses {limit:money}; the repeat sales have to earn it back.",
	FewerOrdersThanCustomers: "There are fewer orders than customers. Count only customers who ordered in the same period as the orders.",
	FewCustomers:             "Few customers left, so the churn is uncertain. Watching {limit:count} customers for a period would tell it to within a tenth.",
	NoChurnSeen:              "Nobody has left yet. That does not mean that nobody will: churn may well be as high as {limit:share}.",
	CurveIsFlat:              "Retention hardly changes with tenure here, so constant churn describes these customers as well.",
	NotIdentified:            "These figures do not tell the parameters of the model apart. Within the data the fit holds; mind what lies beyond them.",
	NobodyLeavesLater:        "After the first period nobody left in these figures, so that the projection expects nobody to leave. Follow the group for longer.",
	RevenueNotMargin:         "With a gross margin of 100% this is revenue, not value. Enter what is left after the cost of what you sell.",

	NegativeEffect:      "{field} is negative: it is counted as a change for the worse.",
	NotUsed:             "{field} plays no part here and was left out of the sum.",
	NoBreakEven:         "{field}: not even the largest possible effect pays for the cost. At best, {limit:money} per customer is missing.",
	LeverLoses:          "This costs {limit:money} more per customer than it brings.",
	CostAboveValue:      "This costs more per customer than a customer is worth today, {limit:money}.",
	UnprofitableMembers: "After rewards, running cost and service a member loses {limit:money} each period. Growing such a programme grows the loss.",
	Overspent:           "{field}: the next unit of money spent here comes back as {limit:money} only.",

	NoMeanSpend: "Spend varies so much that its mean has no limit under the model (q at or below 1). Expected spend falls back on the customer's own mean or the median.",
	RowsLeftOut: "{limit:count} customers were left out: without a repeat order, or with a spend of zero or below.",

	NeverLeaves:    "On average customers stay without end here, so only the discount rate limits the value. Look at the value of the first years, or set a horizon.",
	PaysBackLate:   "The cost is earned back only after more than {limit:years} years, so no payback is given.",
	NoLimit:        "As {field} stands, a value here has no limit and is left out. A discount rate or a horizon sets a limit.",
	GrowingChain:   "Each customer brings at least one more in the end, so that there are ever more customers. Only the discount rate limits their value.",
	RenewalAssumed: "{field} is left out: {limit:share} renews, as the monthly churn implies. Enter your own share where you know it.",
	FewLeft:        "Only {limit:count} customers left in these figures, so the curve is uncertain. Follow more customers, or follow them for longer.",
	ChurnRises:     "Churn rises with tenure here, to {limit:share} in the last period. The model cannot show that: constant churn stands in, and the value is likely to be too high.",
}
