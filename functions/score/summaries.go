package main

import "strconv"

// A summaryWriter writes the columns that the reader of summaries knows, their
// numbers in all digits.
type summaryWriter struct{ form form }

func (w summaryWriter) header(dst []byte) []byte {
	if w.form == jsonl {
		return dst
	}
	for r := range roles {
		dst = append(w.between(dst, r), roleNames[r]...)
	}
	return append(dst, '\n')
}

func (w summaryWriter) row(dst []byte, p *population, i int) []byte {
	s := p.Summary
	for r, v := range [roles]float64{roleFrequency: s.X[i], roleRecency: s.TX[i], roleAge: s.T[i], roleMean: s.Mean[i], roleSpend: s.Spend[i]} {
		dst = w.between(dst, role(r))
		if w.form == jsonl {
			dst = append(append(append(dst, '"'), roleNames[r]...), `":`...)
		}
		if role(r) == roleID {
			dst = appendText(dst, p.id(i), p.form, w.form)
		} else {
			dst = strconv.AppendFloat(dst, v, 'g', -1, 64)
		}
	}
	if w.form == jsonl {
		dst = append(dst, '}')
	}
	return append(dst, '\n')
}

func (w summaryWriter) between(dst []byte, r role) []byte {
	switch {
	case w.form == jsonl && r == 0:
		return append(dst, '{')
	case r == 0:
		return dst
	case w.form == tsv:
		return append(dst, '\t')
	}
	return append(dst, ',')
}
