package orders

// dateState settles the day/month order while rows stream by. Until a row
// decides, dates that fit both orders are stored under the guess together with a
// mark; if a later row decides against the guess the stored ones are swapped,
// which loses nothing since each of them fits both.
type dateState struct {
	order      DateOrder
	reason     DateOrderReason
	decided    bool
	every      int32 // the cells are numbers, of days or of weeks: 1 or 7; 0 for dates
	six        sixForm
	months     bool // the cells may say a month alone
	yearless   bool // the cells have a day and a month without a year
	datev      int  // the year of days in three or four digits, 0 for dates
	firstMonth int
	through    bool // they go on from one year to the next
	year       int  // of the latest of these, after assumedYear
	place      int  // of it in its year
	calendar   bool // the cells are of the Islamic or the Persian calendar
	spans      bool // the cells have two days
	thai       bool // years of two digits are Thai ones: 67 is 2567, which is 2024
	utc        bool // the column is in UTC though its cells do not say so
	dependent  uint64
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
	if s.every > 0 {
		day, ok := s.counted(text)
		if !ok {
			return 0, ReasonBadDate
		}
		return packDay(day, 0, false), NumReasons
	}
	if day, n, ok := isoDay(text); ok && n == len(text) && (o.Now == 0 || day <= o.Now) {
		return packDay(day, 0, false), NumReasons
	}
	if s.datev > 0 {
		day, ok := s.parseDatev(text)
		switch {
		case !ok:
			return 0, ReasonBadDate
		case o.Now != 0 && day > o.Now:
			return 0, ReasonFuture
		}
		return packDay(day, 0, false), NumReasons
	}
	if s.thai {
		var room [maxDate + 2]byte
		text = thaiYear(room[:0], text)
	}
	d, ok := parseDate(text, s.order)
	if !ok && s.calendar {
		d, ok = otherCalendar(text)
	}
	if !ok && s.spans {
		d, ok = spanDate(text, s.order)
	}
	if !ok && s.six != sixNone {
		d.day, _, ok = sixDigits(text, s.six)
	}
	if !ok && s.yearless {
		month, day, known := parseYearless(text)
		if known && s.through {
			s.pass(31*month + day)
		}
		d.day, ok = Day(assumedYear+s.year, month, day), known
	}
	if !ok && s.months {
		d.day, ok = parseMonth(text)
	}
	if !ok {
		return 0, ReasonBadDate
	}
	var shift int32
	if o.Zone.Set && (d.instant || s.utc && d.timed) {
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

// pass goes on to a day without a year: it is of the year in which it lies nearest to the one before.
func (s *dateState) pass(place int) {
	switch {
	case s.place == 0:
	case place < s.place-halfYear:
		s.year++
	case place > s.place+halfYear:
		s.year--
	}
	s.place = place
}
