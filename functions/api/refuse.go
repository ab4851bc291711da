package api

import (
	"hourglass/functions/api/wire"
)

// Refusal is the problem of a request that a host refuses by a status of its own: 400, 408, 413 or 431.
func Refusal(status int, detail string) Response {
	k := wire.MalformedRequest
	for _, one := range []*wire.Kind{wire.SlowRequest, wire.BodyTooLarge, wire.HeadersTooLarge} {
		if one.Status == status {
			k = one
		}
	}
	if detail == "" {
		detail = k.Explanation
	}
	x := &exchange{}
	return x.finish(x.problem(wire.Problem{Kind: k, Detail: detail}))
}

// Busy is the answer to a request that a host has no room for at present.
func Busy() Response {
	x := &exchange{}
	return x.finish(x.problem(wire.Problem{Kind: wire.Busy, Detail: wire.TooBusy.Say(wire.RetryAfter), Headers: []wire.Header{{Name: "Retry-After", Value: wire.RetryAfter}}}))
}
