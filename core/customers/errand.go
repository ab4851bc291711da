package customers

import (
	"slices"

	"hourglass/core/btyd"
	"hourglass/core/cbs"
)

// An Errand is a piece of a valuation's work that an engine can do which knows nothing but what the errand says: the fit of a kind, or what a
// block of histories may come to. Whoever has several engines gives errands to those that are idle (Valuation.Errand) and brings back what they
// found (Valuation.Deliver). What comes of a piece depends on the piece alone, so that nobody can tell from the digits who has done it.
type Errand struct {
	Serial float64 // by which its outcome is known
	Work   Stage   // Choosing: a fit; Spreading, Awaiting: a block

	Table  cbs.Table
	Kind   Kind        // that is fitted
	Simple btyd.Fitted // what is known of the kind that it is at its simplest; without parameters where nothing is

	Model   *Model // by which a block is computed
	Options Options
	Season  float64
}

// An Outcome is what came of the Errand of that serial.
type Outcome struct {
	Serial  float64
	Fitted  btyd.Fitted // of a fit
	Columns [][]float64 // of a block
}

// Errands are for tables of so many rows. Fewer are fitted before another engine has begun, and more take as much memory
// again for each engine as they are worth.
const (
	errandFrom = 1 << 13
	errandTo   = 1 << 19
)

// Do does an errand.
func (e *Errand) Do() Outcome {
	out := Outcome{Serial: e.Serial}
	if e.Work == Choosing {
		simple := Candidate{Kind: e.Kind.special(), Parameters: e.Simple.Parameters, Limit: e.Simple.Limit, Result: e.Simple.Result}
		c := fitWith(e.Kind, &simple, e.Table, nil)
		out.Fitted = c.fitted()
		return out
	}
	if e.Model == nil || !e.Model.Valid() || blockWidth(e.Work) == 0 {
		return out
	}
	e.Options.season = e.Season
	out.Columns = columns(e.Table.Len(), blockWidth(e.Work))
	e.Model.block(e.Work, e.Table, e.Options, out.Columns, 0, e.Table.Len(), nil)
	return out
}

// errands are those of a valuation.
type errands struct {
	last float64 // serial
	away []errand
}

// An errand is what another engine is at.
type errand struct {
	serial float64
	kind   Kind    // of a fit
	of     *blocks // of a block; nil of a fit
	block  int
}

// Errand returns the next piece of work that can be done elsewhere; false where there is none now.
func (v *Valuation) Errand() (Errand, bool) {
	due := v.Due()
	if v.Settings.Quick && v.Answer.Known == nil {
		return Errand{}, false // the first answer has the cores for itself: engines that begin would take theirs from it
	}
	switch due {
	case Summarising, Idle:
		return Errand{}, false
	case Spreading, Awaiting:
		if e, ok := v.blockErrand(due); ok {
			return e, true
		}
	}
	return v.fitErrand(due)
}

// fitErrand is the fit of a kind, those last listed first: they take longest.
func (v *Valuation) fitErrand(due Stage) (Errand, bool) {
	table := v.Base.Fittable()
	s := &v.Settings
	if s.Model != nil || v.Compared || !s.Compare && s.Pick != Auto || table.Len() < errandFrom || table.Len() > errandTo {
		return Errand{}, false
	}
	for k := Kinds(); k > 0; k-- {
		kind := k - 1
		if own, _ := v.Kind(); due == Fitting && kind == own || !v.fittable(kind) || v.isAway(kind) {
			continue
		}
		e := Errand{Serial: v.send(errand{kind: kind}), Work: Choosing, Table: table, Kind: kind}
		if simple := kind.special(); simple != kind {
			e.Simple = v.Choice.Candidate(simple).fitted()
		}
		return e, true
	}
	return Errand{}, false
}

// fittable reports whether a kind is still to be fitted, and all that is needed for it is known.
func (v *Valuation) fittable(k Kind) bool {
	simple := k.special()
	return !v.isFitted(k) && (simple == k || v.isFitted(simple))
}

func (v *Valuation) isAway(k Kind) bool {
	return slices.ContainsFunc(v.errands.away, func(e errand) bool { return e.of == nil && e.kind == k })
}

// send notes an errand.
func (v *Valuation) send(e errand) float64 {
	v.errands.last++
	e.serial = v.errands.last
	v.errands.away = append(v.errands.away, e)
	return e.serial
}

// Deliver takes an outcome in; one that is not waited for any more is of no interest.
func (v *Valuation) Deliver(o Outcome) {
	i := slices.IndexFunc(v.errands.away, func(e errand) bool { return e.serial == o.Serial })
	if i < 0 {
		return
	}
	e := v.errands.away[i]
	v.errands.away = slices.Delete(v.errands.away, i, i+1)
	if e.of != nil {
		e.of.deliver(e.block, o.Columns)
	} else if !v.isFitted(e.kind) {
		v.Choice.Put(e.kind.candidate(o.Fitted, v.Base.Fittable()))
		v.fitted[e.kind] = true
	}
}

// Recall takes all errands back: nobody will deliver them.
func (v *Valuation) Recall() {
	for _, e := range v.errands.away {
		if e.of != nil {
			e.of.state[e.block] = blockOpen
		}
	}
	v.errands.away = nil
}

// Waits reports whether nothing is left to do of what is due but what is away.
func (v *Valuation) Waits() bool {
	if len(v.errands.away) == 0 {
		return false
	}
	switch due := v.Due(); due {
	case Choosing:
		some := false
		for k := range Kinds() {
			if v.fittable(k) && !v.isAway(k) {
				return false
			}
			some = some || v.isAway(k)
		}
		return some
	case Spreading, Awaiting:
		b := v.blocksOf(due)
		return b.left > 0 && b.next() < 0
	}
	return false
}

// Blocks of rows, whatever is computed of them, are as long wherever that is done.
type blocks struct {
	work    Stage
	known   *Known
	options Options
	state   []uint8 // of each block
	left    int     // that are not done
	out     [][]float64
}

const (
	blockOpen uint8 = iota
	blockAway
	blockDone
)

// blockWidth is the number of columns that a stage makes by blocks; 0 of other stages.
func blockWidth(work Stage) int {
	switch work {
	case Spreading:
		return 6
	case Awaiting:
		return 1
	}
	return 0
}

// block computes some rows of a table into the columns of a stage.
func (m *Model) block(work Stage, t cbs.Table, o Options, out [][]float64, from, to int, step Step) {
	if work == Spreading {
		m.spread(t, o, from, to, false, Outcomes{out[0], out[1], out[2], out[3], out[4], out[5]}, step)
		return
	}
	m.waits(t, median, out[0], from, to)
}

// blocksOf are the blocks of what is due, begun anew where they are others than before.
func (v *Valuation) blocksOf(work Stage) *blocks {
	known, b := v.InUse(), v.blocks
	o := v.seasonal(known)
	if work == Awaiting {
		o = Options{}
	}
	if b != nil && b.work == work && b.known == known && b.options == o {
		return b
	}
	n := v.Base.Table.Len()
	b = &blocks{work: work, known: known, options: o, state: make([]uint8, (n+spreadTogether-1)/spreadTogether), out: columns(n, blockWidth(work))}
	b.left = len(b.state)
	v.blocks = b
	return b
}

// next is the first block that nobody is at; -1 where there is none.
func (b *blocks) next() int {
	return slices.Index(b.state, blockOpen)
}

// rows are those of a block.
func (b *blocks) rows(block int) (from, to int) {
	return block * spreadTogether, min(len(b.out[0]), (block+1)*spreadTogether)
}

func (b *blocks) deliver(block int, columns [][]float64) {
	from, to := b.rows(block)
	whole := len(columns) == len(b.out)
	for _, c := range columns {
		whole = whole && len(c) == to-from
	}
	if b.state[block] == blockDone {
		return
	}
	if !whole {
		b.state[block] = blockOpen
		return
	}
	for k, c := range columns {
		copy(b.out[k][from:to], c)
	}
	b.state[block] = blockDone
	b.left--
}

// blockErrand is the last block that nobody is at, unless it is the only one: that is done here.
func (v *Valuation) blockErrand(due Stage) (Errand, bool) {
	b := v.blocksOf(due)
	first := b.next()
	for i := len(b.state) - 1; first >= 0 && i > first; i-- {
		if b.state[i] != blockOpen {
			continue
		}
		b.state[i] = blockAway
		from, to := b.rows(i)
		return Errand{Serial: v.send(errand{of: b, block: i}), Work: due, Table: rows(v.Base.Table, from, to),
			Model: &b.known.Model, Options: b.options, Season: b.options.season}, true
	}
	return Errand{}, false
}

// inBlocks does the next block of a stage that nobody is at; with several workers all of them. The columns are there when no block is left.
func (v *Valuation) inBlocks(work Stage, step Step) (out [][]float64, more bool, status Status) {
	b := v.blocksOf(work)
	if v.Workers > 1 {
		status := inBlocks(len(b.out[0]), spreadTogether, v.Workers, step, func(from, to int, within Step) {
			b.known.Model.block(work, v.Base.Table, b.options, b.out, from, to, within)
		})
		v.blocks = nil
		return b.out, false, status
	}
	if b.left > 0 {
		i := b.next()
		if i < 0 {
			i = slices.Index(b.state, blockAway) // nobody has waited for it
		}
		w := watched{step: step.part(len(b.state)-b.left, len(b.state)), of: 1}
		from, to := b.rows(i)
		if w.next() {
			b.known.Model.block(work, v.Base.Table, b.options, b.out, from, to, w.within())
		}
		if w.over {
			return nil, true, Cancelled
		}
		b.state[i] = blockDone
		b.left--
	}
	if b.left > 0 {
		return nil, true, Done
	}
	v.blocks = nil
	return b.out, false, Done
}
