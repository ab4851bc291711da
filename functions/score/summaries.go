package main

import "hourglass/functions/score/rows"

import "strconv"

// A summaryWriter writes the columns that the reader of summaries knows, their
// numbers in all digits.
type summaryWriter struct{ form rows.Form }

func (w summaryWriter) header(dst []byte) []byte {
	if w.form == rows.Jsonl {
		return dst
	}
	for r := range rows.Roles {
		dst = append(w.between(dst, r), rows.RoleNames[r]...)
	}
	return append(dst, '\n')
}

func (w summaryWriter) row(dst []byte, p *population, i int) []byte {
	s := p.Summary
	for r, v := range [rows.Roles]float64{rows.RoleFrequency: s.X[i], rows.RoleRecency: s.TX[i], rows.RoleAge: s.T[i], rows.RoleMean: s.Mean[i], rows.RoleSpend: s.Spend[i]} {
		dst = w.between(dst, rows.Role(r))
		if w.form == rows.Jsonl {
			dst = append(append(append(dst, '"'), rows.RoleNames[r]...), `":`...)
		}
		if rows.Role(r) == rows.RoleID {
			dst = rows.AppendText(dst, p.id(i), p.form, w.form)
		} else {
			dst = strconv.AppendFloat(dst, v, 'g', -1, 64)
		}
	}
	if w.form == rows.Jsonl {
		dst = append(dst, '}')
	}
	return append(dst, '\n')
}

func (w summaryWriter) between(dst []byte, r rows.Role) []byte {
	switch {
	case w.form == rows.Jsonl && r == 0:
		return append(dst, '{')
	case r == 0:
		return dst
	case w.form == rows.Tsv:
		return append(dst, '\t')
	}
	return append(dst, ',')
}
