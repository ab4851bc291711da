package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// DonorsInput is a new donor of an organisation: most give once and some come back, a few give monthly.
type DonorsInput struct {
	Gift               float64  `json:"gift" unit:"money" jsonschema:"title=Average gift" jsonschema_description:"What a donor gives at a time, monthly donors aside."`
	GiftsPerYear       float64  `json:"gifts_per_year" unit:"count" jsonschema:"title=Gifts per year,maximum=366,default=1" jsonschema_description:"How often a donor gives in a year in which they give."`
	FirstRetention     float64  `json:"first_year_retention" unit:"share" jsonschema:"title=Retention of new donors" jsonschema_description:"The share of new donors that gives again in the following year."`
	RetentionRate      float64  `json:"retention_rate" words:"own" unit:"share" jsonschema:"title=Retention of repeat donors" jsonschema_description:"The share of repeat donors that gives again in the following year."`
	Reactivation       float64  `json:"reactivation_rate" unit:"share" jsonschema:"title=Reactivation rate,default=0" jsonschema_description:"The share of lapsed donors that comes back after a year without a gift."`
	MonthlyShare       float64  `json:"monthly_share" unit:"share" jsonschema:"title=Monthly donors,default=0" jsonschema_description:"The share of new donors that gives monthly."`
	MonthlyGift        float64  `json:"monthly_gift" unit:"money" jsonschema:"title=Monthly gift,default=0" jsonschema_description:"What a monthly donor gives per month."`
	MonthlyChurn       float64  `json:"monthly_churn" unit:"share" jsonschema:"title=Cancellation rate of monthly donors,default=0.02" jsonschema_description:"The share of monthly donors that cancels in a month."`
	FundraisingCost    float64  `json:"fundraising_cost_rate" unit:"share" jsonschema:"title=Cost of fundraising,default=0" jsonschema_description:"Share of each gift that mailings, events, fees and staff for existing donors cost."`
	AnnualGrowthRate   float64  `json:"annual_growth_rate" words:"own" unit:"rate" jsonschema:"title=Growth of gifts per year,minimum=-1,maximum=1,default=0" jsonschema_description:"The yearly change in what a donor gives who stays, in %."`
	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
	CAC                *float64 `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=Cost per new donor" jsonschema_description:"What acquiring one new donor costs: mailings, street and telephone fundraising, advertising."`
	TargetRatio        float64  `json:"target_ratio" words:"own" unit:"ratio" jsonschema:"title=Target value per cost,exclusiveMinimum=0,default=3" jsonschema_description:"How many times the cost per new donor their value should be."`
}

// DonorsResult is what a new donor brings in all, and of what kind.
type DonorsResult struct {
	CLV            float64     `json:"clv" words:"own" unit:"money" jsonschema:"title=Donor lifetime value" jsonschema_description:"What remains of all gifts expected from one new donor after the cost of fundraising, discounted."`
	OccasionalCLV  float64     `json:"occasional_donor_value" unit:"money" jsonschema:"title=Value of an occasional donor" jsonschema_description:"The same for a donor without a monthly gift."`
	MonthlyCLV     float64     `json:"monthly_donor_value" unit:"money" jsonschema:"title=Value of a monthly donor" jsonschema_description:"The same for a monthly donor."`
	MonthlyRatio   *float64    `json:"monthly_to_occasional,omitempty" unit:"ratio" jsonschema:"title=Monthly : occasional donor" jsonschema_description:"How many times the value of an occasional donor a monthly donor brings. Empty if there is nothing to compare with."`
	LifetimeYears  *float64    `json:"giving_years,omitempty" never:"always" unit:"years" jsonschema:"title=Years with a gift" jsonschema_description:"Years in which a donor without a monthly gift gives, the first included. Empty if it has no limit."`
	FirstGift      *float64    `json:"first_year_net,omitempty" unit:"money" jsonschema:"title=Net result of the first year" jsonschema_description:"What the first year leaves of a new donor's gifts, less the cost per new donor. Often negative. Empty if that cost is left out."`
	LTVCACRatio    *float64    `json:"ltv_cac_ratio,omitempty" words:"own" unit:"ratio" jsonschema:"title=Value per cost" jsonschema_description:"Donor lifetime value divided by the cost per new donor."`
	PaybackYears   *float64    `json:"payback_years,omitempty" never:"cac" quick:"-" unit:"years" jsonschema:"title=Payback period" jsonschema_description:"The year by whose end gifts cover the cost per new donor."`
	MaxCAC         float64     `json:"max_cac" words:"own" unit:"money" jsonschema:"title=Maximum cost per new donor" jsonschema_description:"Donor lifetime value divided by the target."`
	PointOfFirst   float64     `json:"first_retention_point" unit:"money" jsonschema:"title=One point more retention of new donors" jsonschema_description:"What donor lifetime value gains if one percentage point more of new donors give again."`
	ComingBack     float64     `json:"reactivation_value" unit:"money" jsonschema:"title=Value of reactivation" jsonschema_description:"The part of donor lifetime value that comes from donors who lapsed and came back."`
	RecurringValue float64     `json:"returning_donor_value" unit:"money" jsonschema:"title=Value of a returning donor" jsonschema_description:"What a repeat donor still brings from this year's gift on."`
	HorizonYears   *float64    `json:"horizon_used_years,omitempty" words:"own" unit:"years" jsonschema:"title=Time horizon used (years)" jsonschema_description:"Given if value over the whole lifetime has no limit and was counted within this time horizon."`
	Series         DonorSeries `json:"series" words:"own" jsonschema:"title=Value by year" jsonschema_description:"One row per year, for ten years at most."`
}

// DonorSeries is the value over time: element i of each slice is year i+1.
type DonorSeries struct {
	Year       []float64 `json:"year" words:"own" unit:"years" jsonschema:"title=Year" jsonschema_description:"1 is the year of the first gift."`
	Giving     []float64 `json:"giving_share" unit:"share" jsonschema:"title=Donors who give" jsonschema_description:"The share of new donors that gives in this year, monthly donors at its start."`
	Margin     []float64 `json:"margin" words:"own" unit:"money" jsonschema:"title=Gifts after cost" jsonschema_description:"Per new donor, after the cost of fundraising, discounted."`
	Cumulative []float64 `json:"cumulative" words:"own" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"The sum so far."`
}

// donorYears is how far donors are followed one by one.
const donorYears = 10

// Donors follows a donor year by year. Of new donors r1 give in the next year, of repeat donors r; of those who did not,
// w come back a year later and are repeat donors again, the others are lost. With G a year's gifts after cost, q =
// (1+g)/(1+d),
//
//	V = G/(1 - q·r - q²·(1-r)·w)            a repeat donor, from this year's gifts on
//	V1 = G + q·(r1 + q·(1-r1)·w)·V          a new one
//
// and a monthly donor is a subscription with a churn per month. Gifts fall at the start of a year or month.
func Donors(in DonorsInput) (DonorsResult, notice.List) { return DonorsFor(&in, value.Whole) }

// DonorsFor is Donors to an extent.
func DonorsFor(in *DonorsInput, extent value.Extent) (out DonorsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	d := donor{
		gifts: in.Gift * in.GiftsPerYear * (1 - in.FundraisingCost), first: in.FirstRetention, later: in.RetentionRate, back: in.Reactivation,
		q: (1 + in.AnnualGrowthRate) / (1 + in.AnnualDiscountRate),
	}
	month := in.MonthlyGift * (1 - in.FundraisingCost)
	perMonth := value.PerPeriod(in.AnnualDiscountRate, 12)
	n := math.Inf(1)
	switch {
	case in.MonthlyShare < 1 && d.gifts > 0 && !d.bounded():
		n = value.UnboundedYears
		notes.Add(notice.Unbounded, "retention_rate", value.UnboundedYears)
	case in.MonthlyShare > 0 && month > 0 && in.MonthlyChurn+perMonth < value.MinDecay:
		n = value.UnboundedYears
		notes.Add(notice.Unbounded, "monthly_churn", value.UnboundedYears)
	}
	monthly := func(years float64) float64 {
		if in.MonthlyShare == 0 && in.MonthlyChurn+perMonth < value.MinDecay {
			years = min(years, value.UnboundedYears) // nobody gives so
		}
		return month * annuity(in.MonthlyChurn, perMonth, 12*years)
	}
	if month == 0 {
		monthly = func(float64) float64 { return 0 }
	}
	if !math.IsInf(n, 1) {
		out.HorizonYears = &n
	}
	out.OccasionalCLV, out.MonthlyCLV = d.value(n), monthly(n)
	share := in.MonthlyShare
	out.CLV = (1-share)*out.OccasionalCLV + share*out.MonthlyCLV
	if out.OccasionalCLV > 0 {
		out.MonthlyRatio = new(out.MonthlyCLV / out.OccasionalCLV)
	}
	out.RecurringValue = d.repeat(n)
	out.LifetimeYears = d.years(n)
	more := d
	more.first = min(1, d.first+0.01)
	if out.PointOfFirst = (1 - share) * (more.value(n) - out.OccasionalCLV); more.first-d.first < 0.01 {
		more.first = d.first - 0.01 // of retention that cannot rise by a point, the last one
		out.PointOfFirst = (1 - share) * (out.OccasionalCLV - more.value(n))
	}
	never := d
	never.back = 0
	out.ComingBack = (1 - share) * (out.OccasionalCLV - never.value(n))
	out.MaxCAC = out.CLV / in.TargetRatio
	if in.CAC != nil {
		out.against(&notes, &d, monthly, share, *in.CAC, n, extent)
	}
	if extent == value.Whole {
		out.Series = donorSeries(&d, monthly, in.MonthlyChurn, share, int(min(n, donorYears)))
	}
	value.WarnOfLongLife(&notes, "retention_rate", out.LifetimeYears)
	return
}

// against sets the value against the cost per new donor.
func (out *DonorsResult) against(notes *notice.List, d *donor, monthly func(years float64) float64, share, cac, n float64, extent value.Extent) {
	if cac > 0 {
		out.LTVCACRatio = new(out.CLV / cac)
	}
	sum := func(years float64) float64 { return (1-share)*d.value(years) + share*monthly(years) }
	out.FirstGift = new(sum(1) - cac)
	if out.CLV < cac {
		notes.Add(notice.BelowCost, "cac", out.CLV)
	}
	if extent == value.Quick { // without what takes a search
		return
	}
	for year := 1.0; year <= min(n, 200); year++ {
		if sum(year) >= cac*covered {
			out.PaybackYears = &year
			return
		}
	}
	if out.CLV > cac {
		notes.Add(notice.PaysBackLate, "cac", 200)
		return
	}
	notes.Add(notice.NeverPaysBack, "cac", out.CLV)
}

// covered keeps a cost covered that gifts equal but for rounding.
const covered = 1 - 1e-12

// A donor gives this much in a year with a gift, and gives again with these probabilities.
type donor struct {
	gifts, first, later, back, q float64
}

// lasts is 1 - q·r - q²·(1-r)·w: by how much less a repeat donor's value is without this year's gifts.
func (d *donor) lasts() float64 { return 1 - d.q*d.later - d.q*d.q*(1-d.later)*d.back }

// bounded tells whether all gifts have a limit.
func (d *donor) bounded() bool { return d.lasts() >= value.MinDecay || d.first == 0 && d.back == 0 }

// value is what a new donor brings in n years, or in all.
func (d *donor) value(n float64) float64 {
	if d.gifts == 0 {
		return 0
	}
	if math.IsInf(n, 1) && d.bounded() {
		if d.first == 0 && d.back == 0 {
			return d.gifts
		}
		return d.gifts * (1 + d.q*(d.first+d.q*(1-d.first)*d.back)/d.lasts())
	}
	if math.IsInf(n, 1) { // where no new donor gives so, or only one more in a hundred would
		n = value.UnboundedYears
	}
	sum := 0.0
	d.live(d.first, int(n), func(_ int, giving, worth float64) { sum += giving * worth })
	return d.gifts * sum
}

// repeat is what a repeat donor still brings.
func (d *donor) repeat(n float64) float64 {
	of := *d
	of.first = d.later
	if math.IsInf(n, 1) && !of.bounded() {
		n = value.UnboundedYears
	}
	return of.value(n)
}

// years is how many years have a gift, nil without limit.
func (d *donor) years(n float64) *float64 {
	of := *d
	of.gifts, of.q = 1, 1
	if math.IsInf(n, 1) && !of.bounded() {
		return nil
	}
	return new(of.value(n))
}

// live follows n years of a donor: what share gives, and what a gift of 1 is worth now.
func (d *donor) live(first float64, n int, year func(k int, giving, worth float64)) {
	giving, lapsed, stay, worth := 1.0, 0.0, first, 1.0
	for k := range n {
		year(k, giving, worth)
		giving, lapsed = giving*stay+lapsed*d.back, giving*(1-stay)
		stay = d.later
		worth *= d.q
	}
}

// donorSeries follows n years of a new donor.
func donorSeries(d *donor, monthly func(years float64) float64, churn, share float64, n int) DonorSeries {
	column := make([]float64, 4*n)
	s := DonorSeries{column[:n:n], column[n : 2*n : 2*n], column[2*n : 3*n : 3*n], column[3*n:]}
	sum := 0.0
	d.live(d.first, n, func(k int, giving, worth float64) {
		sum += (1-share)*d.gifts*giving*worth + share*(monthly(float64(k+1))-monthly(float64(k)))
		s.Year[k], s.Giving[k] = float64(k+1), (1-share)*giving+share*math.Pow(1-churn, float64(12*k))
		s.Cumulative[k] = sum
		if s.Margin[k] = sum; k > 0 {
			s.Margin[k] -= s.Cumulative[k-1]
		}
	})
	return s
}
