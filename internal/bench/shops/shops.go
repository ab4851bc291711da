// Package shops invents order logs of shops that no model of ours describes, and of some that one does, to hold ranges against.
package shops

import (
	"fmt"
	"math"
	"strings"

	"hourglass/core/orders"
	"hourglass/core/sample"
)

// A World is a kind of shop: how its customers are made, and what moves all of them together.
type World struct {
	Name string
	// Modelled says that the models hold: order rates are gamma, lives exponential or ended by a coin after each order.
	Modelled bool
	// demand returns what multiplies everybody's order rate on a day of the years that the shop has been open.
	demand func(years float64, s *state) float64
	// arrivals returns the day of a first order from a share of all customers, 0 to 1.
	arrivals func(share, days float64) float64
	customer func(u func() float64) customer
	// later multiplies the order rate of those who joined after so many years, money every amount paid then.
	later, money func(years float64) float64
}

// state is what a shop draws once.
type state struct {
	phase    float64   // of the season, in years
	step     float64   // when the level changes, in years
	specials []float64 // when promotions are, in years
}

// A customer orders at a rate a day, for a life of days; awake and asleep are mean days of the spells of one who comes and goes.
type customer struct {
	rate, life, leave float64
	awake, asleep     float64
	stages            int
	fade              float64 // share of its rate that a customer keeps from one year to the next, 0 for all
	burst             float64 // probability that an order has a further one within a week
	spread            float64 // of the logarithm of mean spend between customers, 0 for .5
}

// span of a shop's demand above which thinning never goes.
const most = 6

// Worlds returns the kinds of shops.
func Worlds() []World { return worlds }

var worlds = []World{
	{Name: "model: MBG/NBD", Modelled: true, customer: coin(1)},
	{Name: "model: MBG/CNBD-2", Modelled: true, customer: coin(2)},
	{Name: "model: Pareto/NBD", Modelled: true, customer: pareto},
	{Name: "steady, other laws", customer: lognormal},
	{Name: "mixture", customer: mixture},
	{Name: "falling 30 % a year", customer: lognormal, demand: trend(.7)},
	{Name: "falling 55 % a year", customer: lognormal, demand: trend(.45)},
	{Name: "rising 40 % a year", customer: lognormal, demand: trend(1.4)},
	{Name: "seasonal", customer: lognormal, demand: season(.35)},
	{Name: "strongly seasonal", customer: lognormal, demand: season(.7)},
	{Name: "promotions", customer: lognormal, demand: promotions},
	{Name: "level drops", customer: lognormal, demand: level(.6)},
	{Name: "level rises", customer: lognormal, demand: level(1.6)},
	{Name: "acquisition grows", customer: lognormal, arrivals: growing},
	{Name: "come and go", customer: dormant},
	{Name: "regular buyers who leave", customer: regular},
	{Name: "once a year", customer: yearly},
	{Name: "monthly for some", customer: monthly},
	{Name: "later customers are worse", customer: lognormal, later: compound(.55)},
	{Name: "later customers are better", customer: lognormal, later: compound(1.8)},
	{Name: "customers fade", customer: fading},
	{Name: "orders in bursts", customer: bursting},
	{Name: "few big customers", customer: big},
	{Name: "prices rise 15 % a year", customer: lognormal, money: compound(1.15)},
	{Name: "closed for a quarter", customer: lognormal, demand: closed},
}

// compound is a factor that grows or falls each year.
func compound(yearly float64) func(float64) float64 {
	return func(years float64) float64 { return math.Pow(yearly, years) }
}

// regular is a customer with evenly spaced orders, some two weeks to months apart, who leaves at a time of their own.
func regular(u func() float64) customer {
	return customer{rate: 4 * sample.Gamma(2, u) / 2 / 30, life: 300 * sample.Exponential(u), stages: 4}
}

// yearly is a household that buys once a year, give or take a month.
func yearly(u func() float64) customer {
	c := customer{rate: 100. / 365, life: 365 * 3 * sample.Exponential(u), stages: 100}
	if u() < .4 {
		c.life = 0
	}
	return c
}

// monthly is a subscriber in one of four cases, else a customer as lognormal says.
func monthly(u func() float64) customer {
	if u() < .25 {
		return customer{rate: 400. / 30, life: 240 * sample.Exponential(u), stages: 400}
	}
	return lognormal(u)
}

// fading is a customer who never leaves, but orders half as often with each year.
func fading(u func() float64) customer {
	c := lognormal(u)
	c.fade, c.life, c.rate = .5, 1e9, 1.5*c.rate
	return c
}

// bursting is a customer whose orders come in several parcels, a few days apart.
func bursting(u func() float64) customer {
	c := lognormal(u)
	c.burst = .5
	return c
}

// big is a firm: rates and amounts of very different sizes.
func big(u func() float64) customer {
	return customer{rate: math.Exp(-5 + 1.7*sample.Normal(u)), life: 700 * sample.Exponential(u), stages: 1, spread: 1.5}
}

// closed is a quarter without demand.
func closed(years float64, s *state) float64 {
	if years >= s.step && years < s.step+.25 {
		return .05
	}
	return 1
}

// coin is a customer of MBG/CNBD-k: CDNOW's mean rates, threefold.
func coin(k int) func(u func() float64) customer {
	return func(u func() float64) customer {
		return customer{rate: float64(k) * sample.Gamma(.8, u) / 6 / 7, life: math.Inf(1), leave: sample.Beta(.9, 1.6, u), stages: k}
	}
}

func pareto(u func() float64) customer {
	return customer{rate: sample.Gamma(.75, u) / 8 / 7, life: 7 * sample.Exponential(u) / (sample.Gamma(.6, u) / 12), stages: 1}
}

// lognormal is a customer with a lognormal rate and a Weibull life that ends early or late (shape .6), a third of whom never come back.
func lognormal(u func() float64) customer {
	c := customer{rate: math.Exp(-4+sample.Normal(u)) / 1.2, life: 400 * math.Pow(sample.Exponential(u), 1/.6), stages: 1}
	if u() < .35 {
		c.life = 0
	}
	return c
}

// mixture is one of three kinds of customers: gifts bought once or twice, households every five weeks or so, firms every week or two.
func mixture(u func() float64) customer {
	switch v := u(); {
	case v < .6:
		return customer{rate: .002, life: 120 * sample.Exponential(u), stages: 1}
	case v < .95:
		return customer{rate: 3 * math.Exp(.3*sample.Normal(u)) / 35, life: 500 * sample.Exponential(u), stages: 3}
	}
	return customer{rate: math.Exp(.3*sample.Normal(u)) / 10, life: 900 * sample.Exponential(u), stages: 1}
}

// dormant is a customer who never leaves for good, but sleeps for months.
func dormant(u func() float64) customer {
	c := lognormal(u)
	c.rate, c.life, c.awake, c.asleep = 2*c.rate, 1e9, 120*(.5+u()), 240*(.5+u())
	return c
}

func trend(yearly float64) func(float64, *state) float64 {
	top := 1.0
	if yearly > 1 {
		top = .6 // rising begins lower
	}
	return func(years float64, _ *state) float64 { return top * math.Pow(yearly, years) }
}

func season(amplitude float64) func(float64, *state) float64 {
	return func(years float64, s *state) float64 {
		return math.Exp(amplitude*math.Sin(2*math.Pi*(years-s.phase))) / (1 + amplitude*amplitude/4)
	}
}

// promotions are weeks of three times the orders, each followed by four of two thirds.
func promotions(years float64, s *state) float64 {
	for _, at := range s.specials {
		switch after := (years - at) * 365; {
		case after >= 0 && after < 7:
			return 3
		case after >= 7 && after < 35:
			return .67
		}
	}
	return 1
}

func level(factor float64) func(float64, *state) float64 {
	return func(years float64, s *state) float64 {
		if years >= s.step {
			return factor
		}
		return 1
	}
}

// growing has e^(1.5) times the arrivals from one end to the other.
func growing(share, days float64) float64 {
	const g = 1.5
	return days * math.Log1p(share*math.Expm1(g)) / g
}

// Log invents a shop's orders over so many days.
func (w World) Log(people, days int, seed uint64) *orders.Log {
	source := sample.NewSource(seed*7919 + uint64(len(w.Name)))
	u := source.Uniform
	years := float64(days) / 365
	s := &state{phase: u(), step: years * (.2 + .7*u())}
	for at := .1 * u(); at < years; at += .1 + .4*u() {
		s.specials = append(s.specials, at)
	}
	start := orders.Day(2020, 1, 1)
	var text strings.Builder
	text.WriteString("customer,date,amount\n")
	for id := range people {
		joined := u() * float64(days)
		if w.arrivals != nil {
			joined = w.arrivals(u(), float64(days))
		}
		c := w.customer(u)
		spread := c.spread
		if spread == 0 {
			spread = .5
		}
		each := 30 * math.Exp(spread*sample.Normal(u))
		if w.later != nil {
			c.rate *= w.later(joined / 365)
		}
		write := func(at float64) {
			paid := each
			if w.money != nil {
				paid *= w.money(at / 365)
			}
			y, m, d := orders.Civil(start + int32(at))
			fmt.Fprintf(&text, "c%d,%04d-%02d-%02d,%.2f\n", id, y, m, d, paid*math.Exp(.4*sample.Normal(u)))
		}
		write(joined)
		w.run(c, joined, float64(days), s, u, write)
	}
	r := orders.NewReader(orders.Options{})
	_, _ = r.Write([]byte(text.String()))
	r.Close()
	return r.Log()
}

// run orders until the customer leaves or the days end.
func (w World) run(c customer, at, days float64, s *state, u func() float64, write func(at float64)) {
	joined, end := at, min(days, at+c.life)
	awake, turns := true, math.Inf(1)
	if c.awake > 0 {
		turns = at + c.awake*sample.Exponential(u)
	}
	if c.leave > 0 && u() < c.leave {
		return
	}
	last, stage := int(at), 0
	bound := 1.0
	if w.demand != nil {
		bound = most
	}
	for {
		at += sample.Exponential(u) / (c.rate * bound)
		for at > turns {
			awake = !awake
			mean := c.awake
			if !awake {
				mean = c.asleep
			}
			turns += mean * sample.Exponential(u)
		}
		if !(at < end) {
			return
		}
		if !awake || w.demand != nil && u()*bound >= w.demand(at/365, s) {
			continue
		}
		if c.fade > 0 && u() >= math.Pow(c.fade, (at-joined)/365) {
			continue
		}
		if stage++; stage < c.stages {
			continue
		}
		stage = 0
		if int(at) > last { // the orders of one day are one
			last = int(at)
			write(at)
		}
		for c.burst > 0 && u() < c.burst {
			if again := at + 7*u(); again < end && int(again) > last {
				last = int(again)
				write(again)
			}
		}
		if c.leave > 0 && u() < c.leave {
			return
		}
	}
}
