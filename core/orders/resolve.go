package orders

// dateState settles the day/month order while rows stream by. Until a row
// decides, dates that fit both orders are stored under the guess together with a
// mark; if a later row decides against the guess the stored ones are swapped,
// which loses nothing since each of them fits both.
type dateState struct {
	order     DateOrder
	reason    DateOrderReason
	decided   bool
	utc       bool // the column is in UTC though its cells do not say so
	dependent uint64
}

// Layout of a packed day: days * 16 + (zone shift + 2) * 2 + either.
const eitherBit = 1

func packDay(day, shift int32, either bool) int32 {
	p := (day+shift)<<4 | (shift+2)<<1
	if either {
		p |= eitherBit
	}
	return p
}

func unpackDay(p int32) int32 { return p >> 4 }

// swapDay exchanges day and month of a packed day that fits both orders.
func swapDay(p int32) int32 {
	if p&eitherBit == 0 {
		return p
	}
	shift := (p>>1)&7 - 2
	y, m, d := Civil(p>>4 - shift)
	return packDay(Day(y, d, m), shift, true)
}

// read returns the packed day of a date's text, or the reason against it.
func (s *dateState) read(text []byte, o *Options, e *events) (int32, Reason) {
	if day, n, ok := isoDay(text); ok && n == len(text) && (o.Now == 0 || day <= o.Now) {
		return packDay(day, 0, false), NumReasons
	}
	d, ok := parseDate(text, s.order)
	if !ok {
		return 0, ReasonBadDate
	}
	var shift int32
	if o.Zone.Set && (d.instant || s.utc) {
		shift = d.shift(o.Zone.Minutes)
	}
	if d.either {
		s.dependent++
		if s.byFuture(d, shift, o.Now, e) {
			d.day = d.swapped
		}
	} else if d.order != DateOrderAuto {
		s.dependent++
		if !s.decided {
			s.decide(d.order, OrderByRow, e)
		} else if d.order != s.order {
			return 0, ReasonDateOrder
		}
	}
	if o.Now != 0 && d.day+shift > o.Now {
		return 0, ReasonFuture
	}
	return packDay(d.day, shift, d.either), NumReasons
}

// byFuture decides by a date that lies in the future in one order only; it
// reports whether that was the order guessed.
func (s *dateState) byFuture(d date, shift, now int32, e *events) bool {
	if s.decided || now == 0 || (d.day+shift > now) == (d.swapped+shift > now) {
		return false
	}
	if d.day+shift <= now {
		s.decide(s.order, OrderByFuture, e)
		return false
	}
	s.decide(MonthFirst+DayFirst-s.order, OrderByFuture, e)
	return true
}

// decide settles the order and swaps what was stored under a wrong guess.
func (s *dateState) decide(order DateOrder, reason DateOrderReason, e *events) {
	if order != s.order {
		e.swapDays()
	}
	s.order, s.reason, s.decided = order, reason, true
}

// money counts currencies and keeps one.
type money struct {
	chosen uint64
	codes  [maxCurrencies]uint64
	rows   [maxCurrencies]uint64
	n      int
}

// take counts a row's currency and reports whether it is the one kept.
func (m *money) take(code uint64, report *Report) bool {
	if m.chosen == 0 {
		m.chosen = code
	}
	if !m.count(code) {
		report.CurrencyOverflow++
	}
	return code == m.chosen
}

func (m *money) count(code uint64) bool {
	for i := 0; i < m.n; i++ {
		if m.codes[i] == code {
			m.rows[i]++
			return true
		}
	}
	if m.n == maxCurrencies {
		return false
	}
	m.codes[m.n], m.rows[m.n] = code, 1
	m.n++
	return true
}

// most is the most frequent currency, 0 for none.
func (m *money) most() uint64 {
	best := 0
	for i := 1; i < m.n; i++ {
		if m.rows[i] > m.rows[best] {
			best = i
		}
	}
	return m.codes[best]
}

// report writes the counts down.
func (m *money) report(r *Report) {
	r.Currency = currencyName(m.chosen)
	for i := 0; i < m.n; i++ {
		r.Currencies = append(r.Currencies, CurrencyCount{currencyName(m.codes[i]), m.rows[i]})
	}
	most := m.most()
	for i := 0; i < m.n; i++ {
		if m.codes[i] == m.chosen {
			for j := 0; j < m.n; j++ {
				r.CurrencyContested = r.CurrencyContested || m.rows[j] > m.rows[i]
			}
			return
		}
	}
	r.CurrencyContested = most != 0 // the one asked for never came
}

// sniffValues guesses decimal mark, day order and currency from the sample.
func (r *Reader) sniffValues(sample []byte, final bool) {
	var marks decimalEvidence
	money := new(money)
	var slash, other int
	r.eachSample(sample, final, func(int) bool {
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
		return true
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
