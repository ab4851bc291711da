package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"strconv"
	"strings"

	"hourglass/functions/api/wire"
)

// leastKey is how many characters a key has at least: shorter ones can be guessed.
const leastKey = 16

// Keys reads the keys of a private deployment as its environment variable holds them: one, or several with commas or
// blanks between, so that a key can be replaced while its successor is taken already.
func Keys(text string) ([]string, error) {
	keys := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
	if len(keys) == 0 && text != "" { // somebody meant it to be private
		return nil, errors.New("HOURGLASS_API_KEY holds no key. Set one (`openssl rand -hex 32` makes one), or leave the variable out for an API that is open")
	}
	for i, key := range keys {
		if len(key) < leastKey {
			return nil, errors.New("HOURGLASS_API_KEY: key " + strconv.Itoa(i+1) + " has " + strconv.Itoa(len(key)) + " characters, and needs " + strconv.Itoa(leastKey) + " or more. `openssl rand -hex 32` makes one")
		}
	}
	return keys, nil
}

// hashed are the keys as they are compared: hashes have one length, so that a comparison tells nothing of a key's.
func hashed(keys []string) [][sha256.Size]byte {
	list := make([][sha256.Size]byte, len(keys))
	for i, key := range keys {
		list[i] = sha256.Sum256([]byte(key))
	}
	return list
}

// noKey is the problem of a request without a key that is known.
var noKey = wire.Problem{Kind: wire.KeyRequired, Detail: "This deployment takes requests with its key only. Send Authorization: Bearer and the key, or X-API-Key.",
	Headers: []wire.Header{{Name: "WWW-Authenticate", Value: `Bearer realm="hourglass"`}}}

// allowed tells whether a request may be answered: everything may where there are no keys, and what tells nothing (whether the
// engine is up, and what a browser may send) always.
func (x *exchange) allowed() bool {
	if len(x.keys) == 0 || x.Trusted || x.Path == "/healthz" || x.Method == "OPTIONS" {
		return true
	}
	given := x.header("X-Api-Key")
	if scheme, token, ok := strings.Cut(x.header("Authorization"), " "); given == "" && ok && strings.EqualFold(scheme, "Bearer") {
		given = strings.TrimSpace(token)
	}
	hash := sha256.Sum256([]byte(given))
	found := 0
	for i := range x.keys { // all of them, so that the time does not tell which
		found |= subtle.ConstantTimeCompare(hash[:], x.keys[i][:])
	}
	return found == 1
}

// private are the headers of an answer that only its caller may keep.
func private(headers []wire.Header) []wire.Header {
	out := make([]wire.Header, 0, len(headers)+1)
	for _, h := range headers {
		if h == forAnHour {
			h.Value = "private, max-age=3600"
		}
		out = append(out, h)
	}
	return append(out, wire.Header{Name: "Vary", Value: "Authorization, X-API-Key"})
}
