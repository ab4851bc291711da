package orders

// Names of the two sides of an account, after normalise.
const (
	debitNames  = "debit|debits|soll|debe|debito|dare|debet|paid out|money out|withdrawn|withdrawal|withdrawals|дебет|借方|مدين"
	creditNames = "credit|credits|haben|haber|credito|avere|paid in|money in|deposited|кредит|貸方|دائن"
)

// chooseSide takes, of the two sides of an account, the one that the sales stand on: the debit of a customer's account, the credit of a bank's. What takes a sale back
// stands on the other.
func (r *Reader) chooseSide(sample []byte, final bool) {
	l, p := &r.layout, &r.report
	if l.amount < 0 || !p.HasHeader || p.Basis[RoleAmount] == BasisPreset || r.opts.Columns[RoleAmount] != 0 {
		return
	}
	if l.other = r.otherSide(l.amount); l.other < 0 {
		return
	}
	here, there := 0, 0
	r.eachSample(sample, final, func(int) {
		if kind := r.field(sample, l.kind); l.kind >= 0 && len(kind) > 0 {
			if s := typeOf(kind, r.invoices); s != StandingPaid && s != StandingUnknown {
				return
			}
		}
		a, b := r.holdsMoney(sample, l.amount), r.holdsMoney(sample, l.other)
		here, there = here+whole(a && !b), there+whole(b && !a)
	})
	const lead = 3
	if there < 2 || there <= lead*here {
		return
	}
	l.amount, l.other = l.other, l.amount
	p.Columns[RoleAmount] = l.amount + 1
	p.RunnerUp[RoleAmount] = l.other + 1
	l.need = max(l.need, l.amount+1)
	for i := range p.Questions {
		if q := &p.Questions[i]; q.Code == QuestionAmount {
			q.Column, q.Other = l.amount+1, l.other+1
		}
	}
}

// holdsMoney reports whether a cell has an amount other than 0.
func (r *Reader) holdsMoney(buf []byte, column int) bool {
	text := r.field(buf, column)
	v, _, verdict := parseNumber(text, '.')
	return verdict == readConflict || verdict == readOK && v != 0
}

// otherSide is the column whose name has the word for the other side of an account in the place of one that a column's name has; -1 for none.
func (r *Reader) otherSide(column int) int {
	if column >= len(r.report.Names) { // rows are wider than their names
		return -1
	}
	name := normalise(r.report.Names[column])
	for i := range r.report.Names {
		other := normalise(r.report.Names[i])
		if i != column && (facing(name, other, debitNames, creditNames) || facing(name, other, creditNames, debitNames)) {
			return i
		}
	}
	return -1
}

// facing reports whether two names differ by a word of the one list in the place of one of the other.
func facing(a, b []byte, one, other string) bool {
	for len(one) > 0 && len(other) > 0 {
		var x string
		x, one = nextName(one)
		if !hasWord(a, x) {
			continue
		}
		for list := other; len(list) > 0; {
			var y string
			if y, list = nextName(list); hasWord(b, y) && len(a)-len(x) == len(b)-len(y) {
				return true
			}
		}
	}
	return false
}
