package orders

import (
	"bytes"

	"hourglass/core/parallel"
)

// sideBySide takes the whole records of a buffer of several parts, and returns the position after them: while one worker takes the records
// of some parts, in the order of the file, the others split the lean ones of the parts that follow.
//
// Where a part is cut, nobody knows whether a record begins there or the line goes on within quotes. So what was split ahead is no more than
// a proposal: splitAt gives it out where the reader has come to its first byte, at which it would split the same itself. Whatever is in the
// file, a row is judged, counted and told of as without workers.
func (r *Reader) sideBySide() int {
	parts, group := (len(r.buf)+r.part-1)/r.part, r.Workers
	r.apart = append(r.apart, make([]splitter, max(0, 2*group-len(r.apart)))...)
	pos := 0
	for from := 0; from < parts+group; from += group {
		ahead := r.apart[from/group%2*group:][:group]
		for i := range ahead {
			ahead[i].quick = r.quick
		}
		parallel.Each(r.Workers, 1+group, func(piece int) {
			if piece > 0 {
				r.splitPart(from+piece-1, &ahead[piece-1])
			} else if until := min(from*r.part, len(r.buf)); pos < until {
				pos = r.scanned(pos, until, false)
			}
		})
		r.ahead.parts = r.ahead.parts[:0]
		for i := range ahead {
			r.ahead.parts = append(r.ahead.parts, ahead[i].records)
		}
	}
	r.ahead.parts = r.ahead.parts[:0]
	return pos
}

// A splitter is what a worker splits a part with.
type splitter struct {
	quick   quickPath
	records []splitRecord
}

// splitPart splits the lean records that seem to begin within a part of the buffer.
func (r *Reader) splitPart(part int, w *splitter) {
	w.records = w.records[:0]
	pos, end := part*r.part, min((part+1)*r.part, len(r.buf))
	if pos > 0 && pos < end {
		pos = lineAfter(r.buf, pos-1, end)
	}
	for pos < end {
		have := len(w.records)
		w.records = append(w.records, make([]splitRecord, maxAhead)...)
		n := r.splitLean(r.buf, pos, w.records[have:], &w.quick)
		if w.records = w.records[:have+n]; n > 0 {
			pos = int(w.records[have+n-1].end)
		} else {
			pos = lineAfter(r.buf, pos, end)
		}
	}
}

// lineAfter is where the line after the one at pos begins, or end.
func lineAfter(buf []byte, pos, end int) int {
	if i := bytes.IndexByte(buf[pos:end], '\n'); i >= 0 {
		return pos + i + 1
	}
	return end
}

// splitAt gives out records in sequence from pos on that other workers have split; none where they have no record that begins there.
func (a *ahead) splitAt(pos int) []splitRecord {
	for len(a.parts) > 0 {
		part := a.parts[0]
		for len(part) > 0 && int(part[0].pos) < pos {
			part = part[1:]
		}
		if len(part) == 0 {
			a.parts = a.parts[1:]
			continue
		}
		n := 0
		if int(part[0].pos) == pos {
			for n = 1; n < min(len(part), maxAhead) && part[n].pos == part[n-1].end; n++ {
			}
		}
		a.parts[0] = part[n:]
		return part[:n]
	}
	return nil
}
