package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// FreemiumInput is a product with a free plan: few of those who sign up pay, the others cost something and may bring more.
type FreemiumInput struct {
	Conversion         float64      `json:"conversion" words:"own" unit:"share" jsonschema:"title=Free-to-paid conversion rate" jsonschema_description:"The share of sign-ups that ever become paying customers."`
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate of paying customers" jsonschema_description:"The share of paying customers that leaves in one period."`
	FreeCost           float64      `json:"free_user_cost" unit:"money" jsonschema:"title=Cost of a free user per period,default=0" jsonschema_description:"Hosting, support and third-party services of one free user per period."`
	FreeChurn          float64      `json:"free_churn_rate" unit:"share" jsonschema:"title=Churn rate of free users" jsonschema_description:"The share of free users that stops using the product, and costing money, in one period."`
	PeriodsToPay       float64      `json:"periods_to_conversion" unit:"count" jsonschema:"title=Periods until the first payment,multipleOf=1,maximum=2400,default=0" jsonschema_description:"How many periods a paying customer was a free user before."`
	SignUpsBrought     float64      `json:"signups_per_free_user" unit:"count" jsonschema:"title=Sign-ups per free user and period,maximum=1000,default=0" jsonschema_description:"How many others sign up per period because of one free user."`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
}

// FreemiumResult is what a sign-up is worth, and what it is made of.
type FreemiumResult struct {
	SignUpValue       float64  `json:"signup_value" unit:"money" jsonschema:"title=Value per sign-up" jsonschema_description:"Margin expected from one sign-up and from those it brings, less the cost of free users, discounted: the most that a sign-up may cost."`
	OwnValue          float64  `json:"own_signup_value" unit:"money" jsonschema:"title=Value without referrals" jsonschema_description:"The same for one sign-up alone."`
	PaidCLV           float64  `json:"paying_clv" unit:"money" jsonschema:"title=CLV of a paying customer" jsonschema_description:"Margin expected from one customer from the first payment on, discounted."`
	FreeCostEach      float64  `json:"free_cost_per_signup" unit:"money" jsonschema:"title=Cost of free use per sign-up" jsonschema_description:"Expected over the whole time as a free user, discounted."`
	FreeCostPerPaying *float64 `json:"free_cost_per_customer,omitempty" unit:"money" jsonschema:"title=Cost of free users per paying customer" jsonschema_description:"What the free plan costs to acquire one paying customer. Empty if nobody pays."`
	ReferralValue     float64  `json:"referral_value" unit:"money" jsonschema:"title=Value of referrals per sign-up" jsonschema_description:"What the sign-ups brought by one sign-up add."`
	FriendsEach       *float64 `json:"signups_per_signup,omitempty" never:"always" unit:"count" jsonschema:"title=Sign-ups per sign-up (k-factor)" jsonschema_description:"How many sign-ups one sign-up brings directly. Empty if it has no limit."`
	Multiplier        *float64 `json:"signup_multiplier,omitempty" never:"always" unit:"ratio" jsonschema:"title=Sign-up multiplier" jsonschema_description:"Sign-ups in all per sign-up acquired. Empty if it has no limit."`
	FreePeriods       float64  `json:"free_periods" unit:"periods" jsonschema:"title=Periods as a free user\\, discounted" jsonschema_description:"Expected per sign-up."`
	BreakEven         *float64 `json:"break_even_conversion,omitempty" unit:"share" jsonschema:"title=Break-even conversion rate" jsonschema_description:"With a lower conversion rate, a sign-up costs more than it brings. Empty if even full conversion is not enough."`
	DiscountPerPeriod float64  `json:"discount_rate_per_period" per:"period"`
	HorizonUsed       *float64 `json:"horizon_used_periods,omitempty" words:"own" unit:"periods" jsonschema:"title=Time horizon used" jsonschema_description:"Given if value over the whole lifetime has no limit and was counted within this time horizon."`
}

// Freemium adds up a sign-up. The share u that will pay is a free user for T periods and then worth P; the others stay
// free, and leave with probability f per period. With v = 1/(1+d), a(q,n) = 1 + q + ... + q^(n-1),
//
//	A = u·a(v,T) + (1-u)·a((1-f)v,∞)          periods as a free user
//	V0 = u·v^T·P - k·A,  P = p·m·a((1-c)v,∞)   one sign-up alone, k the cost of a free user
//	V = V0/(1-R),  R = s·v·A                   with those it brings, s per free period, a period later
//
// where those brought are sign-ups like any other.
func Freemium(in FreemiumInput) (out FreemiumResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	perYear := in.Period.PerYear()
	out.DiscountPerPeriod = value.PerPeriod(in.AnnualDiscountRate, perYear)
	v := 1 / (1 + out.DiscountPerPeriod)
	n := math.Inf(1)
	switch pays, free := in.Price > 0 && in.GrossMargin > 0 && in.Conversion > 0, in.Conversion < 1 && (in.FreeCost > 0 || in.SignUpsBrought > 0); {
	case pays && (in.ChurnRate+out.DiscountPerPeriod) < value.MinDecay:
		n = float64(value.UnboundedYears * perYear)
		notes.Add(notice.Unbounded, "churn_rate", value.UnboundedYears)
	case free && (in.FreeChurn+out.DiscountPerPeriod) < value.MinDecay:
		n = float64(value.UnboundedYears * perYear)
		notes.Add(notice.Unbounded, "free_churn_rate", value.UnboundedYears)
	}
	if !math.IsInf(n, 1) {
		out.HorizonUsed = &n
	}
	u, wait := in.Conversion, min(n, in.PeriodsToPay)
	out.PaidCLV = in.Price * in.GrossMargin * annuity(in.ChurnRate, out.DiscountPerPeriod, limited(n-wait, in.ChurnRate+out.DiscountPerPeriod, perYear))
	before := annuity(0, out.DiscountPerPeriod, wait)
	after := annuity(in.FreeChurn, out.DiscountPerPeriod, limited(n, in.FreeChurn+out.DiscountPerPeriod, perYear))
	out.FreePeriods = u*before + (1-u)*after
	out.FreeCostEach = in.FreeCost * out.FreePeriods
	worth := math.Pow(v, in.PeriodsToPay) * out.PaidCLV
	out.OwnValue = u*worth - out.FreeCostEach
	brought := in.SignUpsBrought * v * out.FreePeriods
	if brought > 1-value.MinDecay {
		notes.Add(notice.EndlessChain, "signups_per_free_user", brought)
		return
	}
	out.SignUpValue = out.OwnValue / (1 - brought)
	out.ReferralValue = out.SignUpValue - out.OwnValue
	if u > 0 {
		out.FreeCostPerPaying = new(out.FreeCostEach / u)
	}
	out.friends(&notes, in, wait, n)
	stays := in.FreeCost * after
	if falls := worth + stays - in.FreeCost*before; stays == 0 {
		out.BreakEven = new(0.0)
	} else if falls > 0 && stays <= falls {
		out.BreakEven = new(stays / falls)
	}
	if out.OwnValue < 0 {
		notes.Add(notice.SignUpLoses, "conversion", -out.OwnValue)
	}
	return
}

// friends fills in the chain of sign-ups without discounting.
func (out *FreemiumResult) friends(notes *notice.List, in FreemiumInput, wait, n float64) {
	periods := in.Conversion * annuity(0, 0, wait)
	if in.Conversion < 1 {
		periods += (1 - in.Conversion) * annuity(in.FreeChurn, 0, n)
	}
	each := 0.0
	if in.SignUpsBrought > 0 {
		each = in.SignUpsBrought * periods
	}
	if !math.IsInf(each, 1) {
		out.FriendsEach = &each
	}
	if each <= 1-value.MinDecay {
		out.Multiplier = new(1 / (1 - each))
	} else {
		notes.Add(notice.GrowingChain, "signups_per_free_user", min(each, math.MaxFloat64))
	}
}

// limited is n, or UnboundedYears where nobody leaves and money keeps its value: of those who neither pay nor cost anything.
func limited(n, falls float64, perYear int) float64 {
	if falls < value.MinDecay {
		return min(n, float64(value.UnboundedYears*perYear))
	}
	return n
}

// annuity is the expected, discounted number of the first n periods that somebody is there who leaves with this churn:
// [1-x^n]/(1-x), x = (1-c)/(1+d); infinite where it has no limit.
func annuity(churn, discount, n float64) float64 {
	gone := (churn + discount) / (1 + discount) // 1-x without its cancellation
	switch {
	case n <= 0:
		return 0
	case gone < value.MinDecay:
		return n
	case math.IsInf(n, 1):
		return 1 / gone
	}
	return -math.Expm1(n*math.Log1p(-gone)) / gone
}
