package contract

import (
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tolerance is the relative difference that two platforms' numbers may have: closed forms 1e-12, what a search or a fit
// finds 1e-8.
func (r request) tolerance() float64 {
	if searched.MatchString(r.name) {
		return 1e-8
	}
	return 1e-12
}

var searched = regexp.MustCompile("/fit |^goal-seek |^customers/|^retention-curve |^acquisition-retention |^customer-equity |^batch of all")

// curvature is what a fit says of the likelihood's second derivatives, which are differences of its gradient and keep
// six digits, in JSON and XML; in CSV, the cells that follow the parameters.
var curvature = regexp.MustCompile(`"standard_errors":\{[^}]*\}|"condition_number":[^,}]*|(?s)<standard_errors>.*?</standard_errors>|<condition_number>[^<]*|(?m)^parameters\..*\r\n.*$`)

// intervals rest on the same where customers are valued; in CSV, which names its columns once, they are among the cells.
var (
	valued    = regexp.MustCompile("^customers/|^customer-equity |^batch of all")
	intervals = regexp.MustCompile(`"[a-z_]*_(lower|upper)":[^,}]*|<[a-z_]*_(lower|upper)>[^<]*|(?s)^[a-z_.]+,[^{<]*$`)
)

const curvatureTolerance = 1e-6

// loose are the parts of an answer that keep six digits.
func (r request) loose(body string) [][]int {
	list := curvature.FindAllStringIndex(body, -1)
	if valued.MatchString(r.name) {
		list = append(list, intervals.FindAllStringIndex(body, -1)...)
	}
	return list
}

// noise is what counts as zero: a gradient at the maximum is nothing but rounding.
const noise = 1e-13

// transport are headers that belong to a connection or a platform rather than to the API: Date and Server; the length,
// which HTTP stacks write or leave out by their own rules; the hop-by-hop ones. X-Request-Id is new for each request
// where the client sends none; that it is there is tested.
var transport = []string{"Date", "Server", "Content-Length", "Connection", "Keep-Alive", "Transfer-Encoding"}

// headers are the API's own headers of an answer. What an adapter compresses depends on Accept-Encoding, and which
// adapter that is on the platform; so that name is left out of Vary.
func headers(a answer) map[string]string {
	list := map[string]string{}
	for name, values := range a.header {
		if !slices.Contains(transport, name) {
			list[name] = strings.Join(values, ", ")
		}
	}
	var vary []string
	for name := range strings.SplitSeq(strings.Join(a.header.Values("Vary"), ","), ",") {
		if name = strings.TrimSpace(name); name != "" && !strings.EqualFold(name, "Accept-Encoding") {
			vary = append(vary, name)
		}
	}
	delete(list, "Vary")
	if len(vary) > 0 {
		list["Vary"] = strings.Join(vary, ", ")
	}
	if list["X-Request-Id"] != "" && a.request.id == "" {
		list["X-Request-Id"] = "some"
	}
	return list
}

// An answer is what a platform said to a request.
type answer struct {
	request request
	status  int
	header  http.Header
	body    string
}

// differences lists what two platforms do not agree on.
func differences(want, got answer) []string {
	var list []string
	if want.status != got.status {
		list = append(list, "status "+strconv.Itoa(want.status)+" against "+strconv.Itoa(got.status))
	}
	if want.request.statusOnly {
		return list
	}
	theirs, ours := headers(want), headers(got)
	if want.body != got.body { // in the last digits: the tag is a hash of the bytes
		delete(theirs, "Etag")
		delete(ours, "Etag")
	}
	for name, value := range theirs {
		if ours[name] != value {
			list = append(list, name+": "+strconv.Quote(value)+" against "+strconv.Quote(ours[name]))
		}
	}
	for name, value := range ours {
		if _, both := theirs[name]; !both {
			list = append(list, name+": nothing against "+strconv.Quote(value))
		}
	}
	if at := unlike(want.body, got.body, want.request); at != "" {
		list = append(list, "body: "+at)
	}
	return list
}

var number = regexp.MustCompile(`-?\d+(\.\d+)?([eE][-+]?\d+)?`)

// unlike tells where two texts differ by more than their numbers' last digits, or nothing.
func unlike(want, got string, r request) string {
	if want == got { // as nearly all are
		return ""
	}
	between, between2 := number.Split(want, -1), number.Split(got, -1)
	if !slices.Equal(between, between2) {
		return excerpt(want) + " against " + excerpt(got)
	}
	loose := r.loose(want)
	places, numbers2 := number.FindAllStringIndex(want, -1), number.FindAllString(got, -1)
	for i, place := range places {
		text := want[place[0]:place[1]]
		if text == numbers2[i] {
			continue
		}
		allowed := r.tolerance()
		if slices.ContainsFunc(loose, func(span []int) bool { return span[0] <= place[0] && place[1] <= span[1] }) {
			allowed = curvatureTolerance
		}
		a, err1 := strconv.ParseFloat(text, 64)
		b, err2 := strconv.ParseFloat(numbers2[i], 64)
		if err1 != nil || err2 != nil || math.Abs(a-b) > noise+allowed*max(math.Abs(a), math.Abs(b)) {
			return text + " against " + numbers2[i]
		}
	}
	return ""
}

func excerpt(text string) string {
	if len(text) > 300 {
		return strconv.Quote(text[:300]) + "..."
	}
	return strconv.Quote(text)
}
