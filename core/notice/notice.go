// Package notice is how a calculation speaks about its input: problems, which stop it, and warnings, which qualify a
// result. A notice is plain data (a code, the place, one number), so that every language can have its own words; the
// English ones are here for Go and the API. The browser's modules ask for none of them, and so link none.
package notice

// A Code says what is the matter. Codes below FirstWarning are problems: there is no result. The order is part of
// the WASM layout; the wire names are those of String.
type Code uint8

const (
	Required Code = iota
	TooLow
	TooHigh
	NotAbove
	NotBelow
	NotWhole
	UnknownOption
	TooFew
	TooMany
	Rising
	AllSame
	MoreThan
	Overflow
	NoMaximum
	TakesTooMuch
	OnlyOnce
	EndlessChain
	LengthsDiffer
	RecencyAfterAge
	RecencyWithoutRepeat
	RepeatWithoutRecency
	GapsImpossible
	TooManyPurchases
	TooManyCustomers
	NothingObserved
	NothingToFit
	TooLong
	ControlImpossible

	FirstWarning
)

const (
	Unbounded Code = FirstWarning + iota
	LongLifetime
	NeverPaysBack
	BelowCost
	PlanLoses
	FirstSaleLoss
	FewerOrdersThanCustomers
	FewCustomers
	NoChurnSeen
	CurveIsFlat
	NotIdentified
	RevenueNotMargin
	NobodyLeavesLater
	NegativeEffect
	NotUsed
	NoBreakEven
	LeverLoses
	CostAboveValue
	UnprofitableMembers
	Overspent
	LimitingModel
	WeaklyIdentified
	SpendFollowsFrequency
	NoMeanSpend
	NeverReturnedAlive
	LikeSubscription
	RowsLeftOut
	FewRepeats
	ShortHistory
	NoFullYear
	FarHorizon
	NoAmounts
	SpendByMoments
	FewSpenders
	FirstOrdersOnly
	TooLittle
	Unchecked
	OneGiant
	NotConverged
	Trend
	Season
	MissesHoldout
	NeverLeaves
	PaysBackLate
	NoLimit
	GrowingChain
	RenewalAssumed
	FewLeft
	ChurnRises
	Renamed
	FewerDraws
	NotGiven
	SaleLoses
	SignUpLoses
	MostlyForecast
	PoorFit
	InstallLoses
	MediaOnly
	AdsLose
	MarginGone
	DifferenceNotEffect
	GoalByChurn
	FreeCustomers
	BaseForecast
	LoopLoses
	DetractorsWorthMore
	NoCohorts
	CohortsPooled
	CodeCount // how many codes there are; not a code
)

// String is the code's wire name.
func (c Code) String() string {
	return [...]string{
		Required:                 "required",
		TooLow:                   "too_low",
		TooHigh:                  "too_high",
		NotAbove:                 "not_above",
		NotBelow:                 "not_below",
		NotWhole:                 "not_whole",
		UnknownOption:            "unknown_option",
		TooFew:                   "too_few",
		TooMany:                  "too_many",
		Rising:                   "rising",
		AllSame:                  "all_same",
		MoreThan:                 "more_than",
		Overflow:                 "overflow",
		NoMaximum:                "no_maximum",
		TakesTooMuch:             "takes_too_much",
		OnlyOnce:                 "only_once",
		EndlessChain:             "endless_chain",
		Unbounded:                "unbounded",
		LongLifetime:             "long_lifetime",
		NeverPaysBack:            "never_pays_back",
		BelowCost:                "below_cost",
		PlanLoses:                "plan_loses",
		FirstSaleLoss:            "first_sale_loss",
		FewerOrdersThanCustomers: "fewer_orders_than_customers",
		FewCustomers:             "few_customers",
		NoChurnSeen:              "no_churn_seen",
		CurveIsFlat:              "curve_is_flat",
		NotIdentified:            "not_identified",
		RevenueNotMargin:         "revenue_not_margin",
		NobodyLeavesLater:        "nobody_leaves_later",
		NegativeEffect:           "negative_effect",
		NotUsed:                  "not_used",
		NoBreakEven:              "no_break_even",
		LeverLoses:               "lever_loses",
		CostAboveValue:           "cost_above_value",
		UnprofitableMembers:      "unprofitable_members",
		Overspent:                "overspent",
		LengthsDiffer:            "lengths_differ",
		RecencyAfterAge:          "recency_after_age",
		RecencyWithoutRepeat:     "recency_without_repeat",
		RepeatWithoutRecency:     "repeat_without_recency",
		GapsImpossible:           "gaps_impossible",
		TooManyPurchases:         "too_many_purchases",
		LimitingModel:            "limiting_model",
		WeaklyIdentified:         "weakly_identified",
		SpendFollowsFrequency:    "spend_follows_frequency",
		NoMeanSpend:              "no_mean_spend",
		NeverReturnedAlive:       "never_returned_alive",
		LikeSubscription:         "like_subscription",
		RowsLeftOut:              "rows_left_out",
		TooManyCustomers:         "too_many_customers",
		NothingObserved:          "nothing_observed",
		NothingToFit:             "nothing_to_fit",
		TooLong:                  "too_long",
		FewRepeats:               "few_repeats",
		ShortHistory:             "short_history",
		NoFullYear:               "no_full_year",
		FarHorizon:               "far_horizon",
		NoAmounts:                "no_amounts",
		SpendByMoments:           "spend_by_moments",
		FewSpenders:              "few_spenders",
		FirstOrdersOnly:          "first_orders_only",
		TooLittle:                "too_little",
		Unchecked:                "unchecked",
		OneGiant:                 "one_giant",
		NotConverged:             "not_converged",
		Trend:                    "trend",
		Season:                   "season",
		MissesHoldout:            "misses_holdout",
		NeverLeaves:              "never_leaves",
		PaysBackLate:             "pays_back_late",
		NoLimit:                  "no_limit",
		GrowingChain:             "growing_chain",
		RenewalAssumed:           "renewal_assumed",
		FewLeft:                  "few_left",
		ChurnRises:               "churn_rises",
		Renamed:                  "renamed",
		FewerDraws:               "fewer_draws",
		NotGiven:                 "not_given",
		SaleLoses:                "sale_loses",
		SignUpLoses:              "sign_up_loses",
		MostlyForecast:           "mostly_forecast",
		PoorFit:                  "poor_fit",
		InstallLoses:             "install_loses",
		MediaOnly:                "media_only",
		AdsLose:                  "ads_lose",
		MarginGone:               "margin_gone",
		DifferenceNotEffect:      "difference_not_effect",
		ControlImpossible:        "control_impossible",
		GoalByChurn:              "goal_by_churn",
		FreeCustomers:            "free_customers",
		BaseForecast:             "base_forecast",
		LoopLoses:                "loop_loses",
		DetractorsWorthMore:      "detractors_worth_more",
		NoCohorts:                "no_cohorts",
		CohortsPooled:            "cohorts_pooled",
	}[c]
}

// A Notice is one problem or warning. Field is the wire name of the input it is about, with "/3" appended for the
// element at index 3 of a list; it is empty when the notice is about the whole. Limit is the bound that was passed
// or the figure that the sentence needs; what it means belongs to the code.
type Notice struct {
	Code  Code
	Field string
	Limit float64
}

// A List is what a calculation had to say, in the order of its input.
type List []Notice

// Add appends one notice.
// Like the checks below it is kept out of line: inlined at every field it makes the WASM module much larger.
//
//go:noinline
func (l *List) Add(code Code, field string, limit float64) {
	*l = append(*l, Notice{code, field, limit})
}

// Refused tells whether the list holds a problem, in which case the result beside it is void.
func (l List) Refused() bool {
	for _, n := range l {
		if n.Code < FirstWarning {
			return true
		}
	}
	return false
}

// Number adds a problem unless v is a number within [min, max]. A missing number is NaN.
//
//go:noinline
func (l *List) Number(field string, v, min, max float64) {
	switch {
	case v != v:
		l.Add(Required, field, 0)
	case v < min:
		l.Add(TooLow, field, min)
	case v > max:
		l.Add(TooHigh, field, max)
	}
}

// Numbers is Number for every element of a list.
//
//go:noinline
func (l *List) Numbers(field string, list []float64, min, max float64) {
	for i, v := range list {
		if !(v >= min && v <= max) {
			l.Number(At(field, i), v, min, max)
		}
	}
}

// Above is Number on (min, max].
//
//go:noinline
func (l *List) Above(field string, v, min, max float64) {
	if v <= min {
		l.Add(NotAbove, field, min)
		return
	}
	l.Number(field, v, min, max)
}

// Whole is Number for whole numbers.
//
//go:noinline
func (l *List) Whole(field string, v, min, max float64) {
	before := len(*l)
	l.Number(field, v, min, max)
	if len(*l) == before && v != float64(int64(v)) {
		l.Add(NotWhole, field, 0)
	}
}

// Option adds a problem unless 0 <= v < count.
//
//go:noinline
func (l *List) Option(field string, v, count int) {
	if v < 0 || v >= count {
		l.Add(UnknownOption, field, float64(count))
	}
}

// Count adds a problem unless a list has between min and max elements.
//
//go:noinline
func (l *List) Count(field string, n, min, max int) {
	if n < min {
		l.Add(TooFew, field, float64(min))
	}
	if n > max {
		l.Add(TooMany, field, float64(max))
	}
}

// Within says that the notices from the one at index from on are about the element at index i of the list called field.
func (l List) Within(from int, field string, i int) {
	for ; from < len(l); from++ {
		l[from].Field = At(field, i) + "/" + l[from].Field
	}
}

// At names the element at index i of the list called field.
//
//go:noinline
func At(field string, i int) string {
	if i < 0 {
		return field
	}
	var digits [20]byte
	k := len(digits)
	for {
		k--
		digits[k] = byte('0' + i%10)
		if i /= 10; i == 0 {
			break
		}
	}
	return field + "/" + string(digits[k:])
}
