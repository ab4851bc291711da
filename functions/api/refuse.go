package api

// The kinds of refusals that a host makes before the API sees a request.
var (
	malformedRequest = &kind{"malformed-request", "Not a whole request", 400,
		"The request is not HTTP as RFC 9110 has it, or its body ended before it was whole."}
	slowRequest = &kind{"request-timeout", "The request took too long", 408,
		"The request did not arrive within the time that the host waits. Send it again, or less at once."}
	headersTooLarge = &kind{"headers-too-large", "Headers too large", 431,
		"The request's headers are larger than the host takes. Cookies and tokens are not needed here."}
)

// Refusal is the problem of a request that a host refuses by a status of its own: 400, 408, 413 or 431.
func Refusal(status int, detail string) Response {
	k := malformedRequest
	for _, one := range []*kind{slowRequest, bodyTooLarge, headersTooLarge} {
		if one.status == status {
			k = one
		}
	}
	if detail == "" {
		detail = k.explanation
	}
	x := &exchange{}
	return x.finish(x.problem(problem{kind: k, detail: detail}))
}

// Busy is the answer to a request that a host has no room for at present.
func Busy() Response {
	x := &exchange{}
	return x.finish(x.problem(problem{kind: busy, detail: "Too much is under way. Try again in " + retryAfter + " seconds.", headers: []Header{{"Retry-After", retryAfter}}}))
}
