package economics

import (
	"hourglass/core/notice"
	"hourglass/core/retention"
)

// leastTracked is the share of a base's value within the tenures tracked below which the result is mostly a forecast.
const leastTracked = 0.25

// CustomerEquity is retention.Equity, and what is to be said of its money: that is told on pages of bases alone.
func CustomerEquity(in retention.EquityInput) (retention.EquityResult, notice.List) {
	out, notes := retention.Equity(in)
	if notes.Refused() {
		return out, notes
	}
	if in.Acquired > 0 && in.CAC == nil {
		notes.Add(notice.FreeCustomers, "cac", 0)
	}
	if in.Acquired > 0 && in.CAC != nil && out.CLV < *in.CAC {
		notes.Add(notice.BelowCost, "cac", out.CLV)
	}
	if out.BaseValue > 0 && *out.Measured < leastTracked {
		notes.Add(notice.BaseForecast, "tenures", 1-*out.Measured)
	}
	return out, notes
}
