package api

import (
	"net/url"
	"strconv"
	"strings"

	"hourglass/core/boundary"
	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// CacheKey is one address for all GET requests that have the same answer, for a host with a cache of its own: the path
// with the inputs in the order of the layout, numbers in one spelling, defaults left out, and the format that was
// negotiated. It is empty where an answer is not to be kept: other methods, requests with a problem, and all of a private
// deployment.
func (h *Handler) CacheKey(r Request) string {
	if len(h.keys) > 0 || r.Method != "GET" || len(r.Query) > maxQuery {
		return ""
	}
	x := &exchange{Handler: h, Request: r}
	rest, _ := strings.CutPrefix(r.Path, "/v1/")
	c := x.find(rest)
	if c == nil {
		return ""
	}
	list, bad := wire.Parameters(r.Query)
	if bad != nil {
		return ""
	}
	v, inputs, bad := x.view(list, c)
	if bad != nil {
		return ""
	}
	read := wire.Read(nil)
	defer read.Done()
	slots := read.Begin(c.Inputs)
	if read.Fill(c.Inputs, slots, v.Points(c.Inputs, inputs)); read.Faults.Any() {
		return ""
	}
	key := append([]byte(nil), r.Path...)
	key = append(key, "?layout="...)
	key = strconv.AppendInt(key, boundary.Version, 10)
	key = append(append(key, "&version="+Version+"&format="...), wire.FormatNames[v.Format]...)
	if len(v.Pick) > 0 {
		key = append(append(key, "&field="...), url.QueryEscape(strings.Join(v.Pick, ","))...)
	}
	for _, one := range []struct {
		on   bool
		name string
	}{{!v.Names, "&header=0"}, {v.Comma, "&decimal=comma"}, {v.Words, "&errors=text"}} {
		if one.on {
			key = append(key, one.name...)
		}
	}
	for i := range c.Inputs {
		key = appendCanonical(key, &c.Inputs[i], &slots[i])
	}
	return string(key)
}

// appendCanonical writes an input in one spelling, or nothing where it is left out or at its default.
func appendCanonical(key []byte, f *catalogue.Field, s *wire.Slot) []byte {
	switch {
	case s.Stream != nil:
		key = append(append(append(key, '&'), f.Name...), '=')
		for _, v := range s.Stream { // lengths and numbers, as at the boundary: one spelling for lists and records
			key = append(wire.AppendNumber(key, v), ',')
		}
		return key
	case !s.Given || s.Value != s.Value || f.Default != nil && s.Value == *f.Default:
		return key
	}
	return wire.AppendNumber(append(append(append(key, '&'), f.Name...), '='), s.Value)
}
