package oracle

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
