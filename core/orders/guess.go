package orders

// sniffValues guesses decimal mark, day order and currency from the sample.
func (r *Reader) sniffValues(sample []byte, final bool) {
	var marks decimalEvidence
	money := new(money)
	var slash, other int
	r.eachSample(sample, final, func(int) {
		amount := r.field(sample, r.layout.amount)
		marks.look(amount)
		_, code, _ := parseNumber(amount, '.')
		if r.layout.currency >= 0 {
			code = packCurrency(r.field(sample, r.layout.currency))
		}
		if code != 0 {
			money.count(code)
		}
		text := r.field(sample, r.layout.date)
		if d, ok := parseDate(text, MonthFirst); ok && d.either {
			if dateMark(text) == '/' {
				slash++
			} else {
				other++
			}
		}
	})
	r.report.Decimal, r.report.DecimalReason = marks.decide(r.opts.Decimal)
	r.money.chosen = money.most()
	if r.opts.Currency != "" {
		r.money.chosen = packCurrency([]byte(r.opts.Currency))
	}
	r.guessOrder(other > slash)
}

// guessOrder sets the order for dates that no row settles.
func (r *Reader) guessOrder(dots bool) {
	s := &r.dates
	switch {
	case r.opts.DateOrder != DateOrderAuto:
		s.order, s.reason, s.decided = r.opts.DateOrder, OrderByOption, true
	case dots:
		s.order, s.reason = DayFirst, OrderByMark
	case r.report.Delimiter == ';' || r.report.Decimal == ',':
		s.order, s.reason = DayFirst, OrderByLocale
	default:
		s.order, s.reason = MonthFirst, OrderByDefault
	}
}

// dateMark is the first byte of a date that is not a digit.
func dateMark(b []byte) byte {
	for _, c := range b {
		if c-'0' > 9 {
			return c
		}
	}
	return 0
}

// decimalEvidence counts amounts by which decimal marks they allow.
type decimalEvidence struct {
	point, comma       int // possible with one mark only
	eitherPoint, other int // possible with both and different: 1.234, 1,234
}

func (e *decimalEvidence) look(b []byte) {
	p := numberParser{rest: b, decimal: '.'}
	q := numberParser{rest: b, decimal: ','}
	withPoint, withComma := p.parse() == readOK, q.parse() == readOK
	switch {
	case withPoint && !withComma:
		e.point++
	case withComma && !withPoint:
		e.comma++
	case withPoint && withComma && p.value < q.value || withPoint && withComma && p.negative && p.value > q.value:
		e.eitherPoint++
	case withPoint && withComma && p.value != q.value:
		e.other++
	}
}

// decide picks the mark. Where every marked amount has exactly three digits after
// its mark, the mark is taken for thousands: prices have no mills.
func (e *decimalEvidence) decide(option byte) (byte, DecimalReason) {
	switch {
	case option == '.' || option == ',':
		return option, DecimalByOption
	case e.comma > e.point:
		return ',', DecimalByRow
	case e.point > 0:
		return '.', DecimalByRow
	case e.eitherPoint > e.other:
		return ',', DecimalByGuess
	case e.other > 0:
		return '.', DecimalByGuess
	}
	return '.', DecimalNotNeeded
}
