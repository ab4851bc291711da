package notice

import (
	"math"
	"strconv"
	"strings"
)

// Template is the code's sentence with its places open, empty for a warning that has an Advice: {field} stands for the field's name, {limit} for the notice's
// figure in the field's unit; {limit:years} and the like say its unit outright, which is what it is rounded by.
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
			_, unit, _ := strings.Cut(text[open:open+length], ":")
			text = text[:open] + inUnit(n.Limit, unit) + text[open+length+1:]
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
		return strconv.FormatFloat(v+0, 'f', 0, 64) // -0 is 0
	}
	v = near(v, 'g', 6)
	if size := math.Abs(v); size < 1e-6 || size >= 1e21 {
		return strings.Replace(strconv.FormatFloat(v, 'e', -1, 64), "e-0", "e-", 1) // e-9, as JSON is commonly written
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// near is a figure to so many digits, a half away from zero as on the page: 12.5 years are 13. It is taken a hair further, since strconv has halves to even.
func near(v float64, form byte, digits int) float64 {
	if v != math.Trunc(v) {
		v *= 1 + 0x1p-52
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, form, digits, 64), 64)
	return v
}

// inUnit is a figure as a sentence wants it that says its unit: a share in per cent, years to two digits, money and ratios
// to two decimals (money has no currency here). A limit without a unit is that of a field, as requests write it.
func inUnit(v float64, unit string) string {
	digits := 2
	switch unit {
	case "":
		return Figure(v)
	case "share":
		return rounded(100*v, 3) + "%"
	case "years":
		return rounded(v, 2)
	case "count":
		if math.Abs(v) >= 10 {
			digits = 0
		}
	}
	if math.Abs(v) < 0.1 || math.Abs(v) >= 1e15 {
		return rounded(v, 2)
	}
	return Figure(near(v, 'f', digits))
}

// rounded is a number to so many significant digits.
func rounded(v float64, digits int) string {
	return Figure(near(v, 'g', digits))
}

// Bounding tells whether a code is about a bound of a field.
func (c Code) Bounding() bool { return c == TooLow || c == TooHigh || c == NotAbove || c == NotBelow }

// Limiting tells whether a notice's figure is a limit that was passed.
func (c Code) Limiting() bool {
	switch c {
	case TooFew, TooMany, MoreThan, TakesTooMuch, LengthsDiffer, TooManyCustomers:
		return true
	}
	return c.Bounding()
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
	Required:      "{field} is missing. Enter a number.",
	TooLow:        "{field} must be at least {limit}.",
	TooHigh:       "{field} must be at most {limit}.",
	NotAbove:      "{field} must be more than {limit}.",
	NotBelow:      "{field} must be less than {limit}.",
	NotWhole:      "{field} must be a whole number.",
	UnknownOption: "{field} is not one of its options.",
	TooFew:        "{field} needs at least {limit:count} values.",
	TooMany:       "{field} takes at most {limit:count} values.",
	Rising:        "{field} is higher than the value before. A retention curve can only fall: list how many customers of the cohort are active after each period.",
	AllSame:       "{field} never falls, so there is no churn to fit. Add more periods.",
	MoreThan:      "{field} can be at most {limit:count}, the number of customers at the start.",
	Overflow:      "The result is too large for a number. Check the inputs for a figure with too many digits.",
	NoMaximum:     "The model does not fit these figures. Check that they are from one cohort and in the right units.",
	TakesTooMuch:  "{field} can be at most {limit}: you cannot reduce it below zero.",
	OnlyOnce:      "A growth plan can hold only one annual plan. Combine the two, or make a growth plan for each.",
	EndlessChain:  "{field}: each customer would bring {limit:count} referred customers, so the chain never ends. Referred customers per customer must be below 1 over the whole relationship.",

	LengthsDiffer:        "{field} must have as many values as the first column: {limit:count}.",
	RecencyAfterAge:      "{field} is later than the end of observation. Both count from the first order: the last order cannot come after the end.",
	RecencyWithoutRepeat: "{field} must be 0 for a customer without a repeat order.",
	GapsImpossible:       "{field}: so many orders in that time cannot have so large a sum of logarithms. Must be 0 without a repeat order.",
	RepeatWithoutRecency: "{field} must be above 0 for a customer with repeat orders: the time from the first order to the last.",
	TooManyPurchases:     "{field} is higher than the number of opportunities.",
	TooManyCustomers:     "{field}: the rows stand for more than {limit:count} customers in total. The customers page and the command score take larger lists.",
	NothingObserved:      "Every customer first ordered on the last day of the data. Add more history.",
	NothingToFit:         "There are no customers to fit the model to. It needs customers with a weight above 0 and, for spend, a repeat order with an amount above 0.",
	TooLong:              "{field}: these histories have too many opportunities for one request. Merge equal rows with weights, or fit bgnbd to the order times, where length does not matter.",

	Unbounded:                "With these figures, value over the whole customer lifetime has no limit, so {limit:years} years are counted. Set a discount rate or a time horizon.",
	LongLifetime:             "The expected customer lifetime is {limit:years} years. Few forecasts hold that long. Look at the value of the first years, too.",
	NeverPaysBack:            "The cost is never recovered: CLV is {limit:money}.",
	BelowCost:                "CLV, {limit:money}, is below the acquisition cost. Each new customer loses money.",
	PlanLoses:                "With this discount, the annual plan loses {limit:money} per customer compared with the monthly plan.",
	FirstSaleLoss:            "The first sale loses {limit:money}; repeat orders must cover this.",
	FewerOrdersThanCustomers: "There are fewer orders than customers. Count only customers with an order in the same time.",
	FewCustomers:             "Only a few customers have cancelled, so churn is uncertain. Track {limit:count} customers for one period to know it to within ±10% of its value.",
	NoChurnSeen:              "No customer has cancelled yet. Churn can still be as high as {limit:share}, the upper end of the 95% interval.",
	CurveIsFlat:              "Retention hardly changes over time in these data: constant churn describes these customers equally well.",
	NotIdentified:            "The data cannot separate the parameters of the model. Do not extrapolate beyond the data.",
	NobodyLeavesLater:        "After the first period no customer leaves in these figures, so the projection assumes no further churn. Track the cohort for longer.",
	RevenueNotMargin:         "With a gross margin of 100% this is revenue, not value. Enter the share that remains after the cost of goods.",

	NegativeEffect:      "{field} is negative and counts as a change for the worse.",
	NotUsed:             "{field} has no effect here and is not counted.",
	NoBreakEven:         "{field}: even the largest possible effect does not cover the cost. At best, {limit:money} per customer is missing.",
	LeverLoses:          "The lever costs {limit:money} more per customer than it brings.",
	CostAboveValue:      "The lever costs more per customer than today's value of a customer, {limit:money}.",
	UnprofitableMembers: "After rewards, running cost and service, a member loses {limit:money} per period. More members increase the loss.",
	Overspent:           "{field}: spending 1 more here returns only {limit:ratio}. Spend less.",

	NoMeanSpend: "Spend varies so much that the model has no mean (q is 1 or less). Expected spend uses the customer's own mean or the median instead.",
	RowsLeftOut: "{limit:count} customers are not counted: they have no repeat order, or spend of zero or less.",

	NeverLeaves:         "The average customer lifetime has no limit here; only the discount rate limits the value. Use the value of the first years, or set a time horizon.",
	PaysBackLate:        "The cost is recovered only after more than {limit:years} years, so no payback period is given.",
	NoLimit:             "With this value of {field}, one result has no limit and is not shown. Set a discount rate or a time horizon.",
	SignUpLoses:         "Each sign-up loses {limit:money}, referrals aside: the cost of free users is more than paying customers bring.",
	MostlyForecast:      "Only {limit:share} of the value falls in the days you measured; the rest is the curve's forecast. Measure more days, or count fewer.",
	PoorFit:             "The curve misses the retention entered by {limit:share} on average, in percentage points. Check the figures, or try the other curve.",
	InstallLoses:        "An install brings {limit:money} in the days counted, less than it costs.",
	GrowingChain:        "Each customer brings at least one referred customer in the end, so the number of customers never stops growing. Only the discount rate limits their value.",
	RenewalAssumed:      "{field} is empty: Hourglass uses {limit:share}, calculated from churn. Enter your own rate if you know it.",
	FewLeft:             "Only {limit:count} customers cancelled in these figures, so the curve is uncertain. Track more customers, or track them for longer.",
	ChurnRises:          "Churn rises over time in these data, to {limit:share} in the last period. The model cannot show that, so constant churn is used, and the value is probably too high.",
	Renamed:             "{field} was given by its old name. That still works for now: write {field}.",
	NotGiven:            "No figure for {field}, so the results that need one are empty.",
	SaleLoses:           "Each order loses {limit:money} before advertising and fixed costs. More orders increase the loss: raise prices, or lower a cost.",
	MediaOnly:           "Without salaries and tools this is cost per acquisition (CPA), not CAC. Enter all costs of marketing and sales.",
	AdsLose:             "At this cost per click, each new customer loses {limit:money} within the time horizon. Bid less, or raise conversion or margin.",
	MarginGone:          "At the new price, nothing remains of a sale after the cost of goods. Lower the price by less than the gross margin.",
	DifferenceNotEffect: "All of the difference between the two groups is counted as an effect. Customers choose themselves, so part of it is not: compare with the break-even share, or test with a control group.",
	ControlImpossible:   "{field}: with these figures the effect on adopters is larger than what there is to change. Check that all three figures are from the same time.",
	GoalByChurn:         "No churn rate alone leads to this target: with the nearest one, 0% or 100%, a customer is worth {limit:money}. Change price or purchases too.",
	FreeCustomers:       "Without CAC, future customers count as if they cost nothing, so their value is too high. Enter {field}.",
	BaseForecast:        "{limit:share} of the value of the base falls into tenures without tracked customers: there the curve is a forecast. Track older cohorts, or set a time horizon.",
	LoopLoses:           "Each contact loses {limit:money}: it costs more than the recovered detractors bring. Contact those with the highest spend, or lower the cost.",
	DetractorsWorthMore: "With these figures a detractor is worth {limit:money} more than a promoter. Check churn and spend of the groups.",
	NoCohorts:           "The rows do not say which cohort they are, so all follow one curve. Enter {field}, or paste a cohort table.",
	CohortsPooled:       "Cohorts that follow the curve of all cohorts: {limit:count}. A curve of their own takes three tracked tenures and ten lost customers, in data that one curve fits.",
	FewerDraws:          "Only {limit:count} draws were made: more would take too long for one request. Figures differ a little from those of more draws.",
}
