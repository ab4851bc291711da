package oracle

import "math"

// An order is what is paid and what it costs, one by one.
func (in Input) order(value, back float64) (left, kept float64) {
	paid := value - value*in.number("price_discount", 0)
	fees := paid*in.number("payment_fee_rate", 0) + in.number("payment_fee", 0)
	always := in.number("shipping_cost", 0) + fees + in.number("support_cost", 0)
	goods := in.number("goods_cost", 0)
	stays := paid - goods - always
	comesBack := -goods + in.number("resold_share", 1)*goods - in.number("return_cost", 0) - always
	return (1-back)*stays + back*comesBack, (1 - back) * paid
}

// zeroOf is the share at which a straight line falls to zero, by halving; None where it does not.
func zeroOf(f func(share float64) float64) float64 {
	low, high := 0.0, 1.0
	if !(f(low) >= 0 && f(high) <= 0 && f(low) > f(high)) {
		return None
	}
	for range 200 {
		if middle := (low + high) / 2; f(middle) >= 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

func margin(in Input) Verdict {
	value, back := in.number("order_value", 0), in.number("return_rate", 0)
	left, kept := in.order(value, back)
	paid := value - value*in.number("price_discount", 0)
	r := Results{"contribution": left, "net_revenue": kept, "contribution_margin": ratio(left, kept), "goods_margin": ratio(paid-in.number("goods_cost", 0), paid), "break_even_orders": None}
	if in.given("monthly_fixed_costs") && left > 0 {
		r["break_even_orders"] = in.number("monthly_fixed_costs", 0) / left
	}
	r["break_even_price_discount"] = zeroOf(func(share float64) float64 {
		other := Input{}
		for name, v := range in {
			other[name] = v
		}
		other["price_discount"] = share
		left, _ := other.order(value, back)
		return left
	})
	r["break_even_return_rate"] = zeroOf(func(share float64) float64 {
		left, _ := in.order(value, share)
		return left
	})
	goods := in.number("goods_cost", 0)
	r["bridge.order_value"], r["bridge.contribution"] = value, left
	r["bridge.price_discount_step"], r["bridge.refund_step"] = paid-value, kept-paid
	r["bridge.goods_step"] = -(1-back)*goods - back*(goods-in.number("resold_share", 1)*goods)
	r["bridge.shipping_step"], r["bridge.support_step"] = -in.number("shipping_cost", 0), -in.number("support_cost", 0)
	r["bridge.fee_step"] = -paid*in.number("payment_fee_rate", 0) - in.number("payment_fee", 0)
	r["bridge.return_step"] = -back * in.number("return_cost", 0)
	return Verdict{Results: r}
}

func acquisitionCost(in Input) Verdict {
	customers := in.number("new_customers", 0)
	r, total, each := Results{}, 0.0, 0.0
	kinds := map[string]string{"media": "media_spend", "agency": "agency_cost", "salary": "salary_cost", "tool": "tool_cost", "promotion": "promotion_cost"}
	for kind, field := range kinds {
		paid := in.number(field, 0)
		total, each = total+paid, each+paid/customers
		r["bridge."+kind+"_step"] = paid / customers
	}
	for kind, field := range kinds {
		r["cost_shares."+kind+"_share"] = ratio(in.number(field, 0), total)
	}
	r["acquisition_cost"], r["cac"], r["bridge.cac"] = total, each, each
	r["paid_cac"], r["unpaid_share"], r["payback_months"], r["magic_number"], r["runway_months"] = None, None, None, None, None
	if in.given("paid_customers") {
		paid := in.number("paid_customers", 0)
		if paid > customers {
			return Verdict{Refused: true}
		}
		r["unpaid_share"] = (customers - paid) / customers
		r["paid_cac"] = ratio(in.number("media_spend", 0)+in.number("agency_cost", 0), paid)
	}
	if in.given("monthly_margin") {
		r["payback_months"] = ratio(each, in.number("monthly_margin", 0))
	}
	if in.given("net_new_mrr") {
		year := 0.0
		for range 12 {
			year += in.number("net_new_mrr", 0)
		}
		r["magic_number"] = ratio(year, total)
	}
	if in.given("cash") && in.given("net_burn") {
		r["runway_months"] = ratio(in.number("cash", 0), in.number("net_burn", 0))
	}
	return Verdict{Results: r}
}

func adBudget(in Input) Verdict {
	order, clicks := in.number("order_value", 0), in.number("click_conversion", 0)
	first, months := order*in.number("gross_margin", 0), int(in.number("horizon_months", 12))
	monthly, repeat := first*in.number("repeat_orders", 0)/float64(months), 0.0
	for k := 1; k <= months; k++ {
		repeat += monthly * math.Pow(1+in.number("annual_discount_rate", 0), -float64(k)/12)
	}
	most := first + repeat
	target := most - most*in.number("profit_share", 0)
	r := Results{"max_cpa": most, "max_cpc": most * clicks, "max_cpl": None, "first_order_margin": first, "repeat_margin": repeat, "break_even_roas": ratio(order, most),
		"first_order_roas": ratio(order, first), "target_cpa": target, "target_cpc": target * clicks, "target_roas": ratio(order, target),
		"cpa": None, "roas": None, "profit_per_thousand": None, "payback_months": None}
	if in.given("lead_conversion") {
		r["max_cpl"] = most * in.number("lead_conversion", 0)
	}
	if in.given("cpc") {
		cpa := in.number("cpc", 0) / clicks
		r["cpa"], r["roas"] = cpa, ratio(order, cpa)
		r["profit_per_thousand"] = 1000*clicks*most - 1000*in.number("cpc", 0)
		left := cpa - first
		for k := 0; ; k++ {
			if left <= 0 {
				r["payback_months"] = float64(k)
				break
			}
			if k == months || monthly == 0 {
				break
			}
			if left <= monthly {
				r["payback_months"] = float64(k) + left/monthly
				break
			}
			left -= monthly
		}
	}
	return Verdict{Results: r}
}

func priceChange(in Input) Verdict {
	n := perYear(in)
	price, share, churn, rise := in.number("price", 0), in.number("gross_margin", 0), in.number("churn_rate", 0), in.number("price_rise", 0)
	later := churn + in.number("churn_rise", 0)
	if !(later > 0) || later > 1 {
		return Verdict{Refused: true}
	}
	goods := price - price*share
	margin := price + price*rise - goods
	worth := func(margin, churn float64) float64 {
		// Payments of one, each the size of the margin: a loss is added up like a gain.
		return margin * payments(1, 0, 0, churn, in.number("annual_discount_rate", 0), n, "start").sum(-1)
	}
	if payments(1, 0, 0, min(churn, later), in.number("annual_discount_rate", 0), n, "start").slow() {
		return Verdict{Slow: true}
	}
	before, after := worth(price*share, churn), worth(margin, later)
	kept := after - in.number("volume_loss", 0)*after
	old := in.number("grandfathered_share", 0)
	gain := old*before + (1-old)*kept - before
	r := Results{"gain_per_customer": gain, "clv_before": before, "clv_after": after, "new_price": price + price*rise, "margin_before": price * share, "margin_after": margin,
		"discount_rate_per_period": math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n)) - 1, "discounted_periods_before": worth(1, churn), "discounted_periods_after": worth(1, later),
		"total_gain": None, "break_even_churn_rise": None, "break_even_churn_rate": None, "break_even_volume_loss": None,
		"bridge.clv_before": before, "bridge.price_step": worth(price*rise, churn), "bridge.churn_step": worth(margin, later) - worth(margin, churn),
		"bridge.loss_step": kept - after, "bridge.grandfathered_step": old * (before - kept), "bridge.value_after": before + gain}
	if in.given("customer_count") {
		r["total_gain"] = in.number("customer_count", 0) * gain
	}
	if margin > 0 {
		r["break_even_volume_loss"] = (after - before) / after
	}
	// Where the discounted periods times the new margin are today's value: between no churn and all.
	d := math.Pow(1+in.number("annual_discount_rate", 0), 1/float64(n)) - 1
	if even := churn + price*rise/(price*share)*(churn+d); even > 0 && even <= 1 {
		r["break_even_churn_rate"], r["break_even_churn_rise"] = even, even-churn
	}
	return Verdict{Results: r}
}
