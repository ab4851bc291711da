package orders

// finish builds the log and completes the report.
func (r *Reader) finish() {
	report := &r.report
	r.settleGift(false)
	r.settleHistories()
	var s spread
	report.Respelled = r.people.joinSpellings()
	r.log, s = build(&r.events, &r.people, len(r.carriers), len(r.keepers), r.Workers, &r.opts, report, nil)
	for _, c := range r.carriers {
		r.log.Carried = append(r.log.Carried, c.Carried)
	}
	r.log.Kept = r.keepers
	r.people, r.carriers, r.keepers = identity{}, nil, nil
	r.buf, r.scratch = nil, nil
	r.money.report(report)
	if r.opts.Encoding != EncodingUTF8 {
		report.Encoding = r.opts.Encoding
	} else if report.Recoded > 0 {
		report.Encoding = EncodingWindows1252
	}
	report.Scale = r.scale
	report.DependentDates = r.dates.dependent
	if r.dates.dependent > 0 || r.dates.reason == OrderByOption {
		report.DateOrder, report.DateOrderReason = r.dates.order, r.dates.reason
		report.DateAmbiguous = r.dates.dependent > 0 && !r.dates.decided
	}
	report.Orders = uint64(r.log.Orders())
	report.Customers = r.log.Customers()
	report.FirstDay, report.LastDay = r.log.Span()
	report.Status = r.status()
	report.Statuses = append(append(r.statuses.report(RoleStatus), r.statuses2.report(RoleStatus)...), r.types.report(RoleType)...)
	report.StatusOverflow = r.statuses.overflow + r.statuses2.overflow + r.types.overflow
	r.questions(s)
	g := r.decisions()
	report.Reading = g.Text()
}

func (r *Reader) status() Status {
	report := &r.report
	switch {
	case report.Binary != BinaryNone:
		return StatusBinary
	case report.Rows == 0 && report.HasHeader:
		return StatusHeaderOnly
	case report.Rows == 0:
		return StatusEmpty
	case r.layout.id < 0:
		return StatusNoID
	case r.layout.date < 0:
		return StatusNoDate
	case report.Orders == 0:
		return StatusNoOrders
	}
	return StatusOK
}
