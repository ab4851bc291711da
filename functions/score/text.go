package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// A form is how rows are written.
type form uint8

const (
	csv   form = iota
	ssv        // the same parted by semicolons; read only
	tsv        // no quotes; \t, \n, \r and \\ stand for what they name, \N for nothing
	jsonl      // an object a line
	plain      // text as it is: the ids of an order log
)

func parseForm(name string) (f form, named bool, err error) {
	switch name {
	case "":
		return csv, false, nil
	case "csv":
		return csv, true, nil
	case "tsv":
		return tsv, true, nil
	case "jsonl":
		return jsonl, true, nil
	}
	return 0, false, misuse("-format is csv, tsv or jsonl, not %q", name)
}

// appendText writes a cell of one form in another. Between rows of one form it is copied,
// so that ids come out as they went in.
func appendText(dst, cell []byte, from, to form) []byte {
	if from == to {
		return append(dst, cell...)
	}
	text := decodeText(cell, from)
	switch to {
	case csv:
		return appendQuoted(dst, text)
	case tsv:
		return appendEscaped(dst, text)
	}
	quoted, err := json.Marshal(string(text))
	if err != nil { // cannot be: every string has a JSON form
		return append(dst, "null"...)
	}
	return append(dst, quoted...)
}

// decodeText returns what a cell says.
func decodeText(cell []byte, from form) []byte {
	switch {
	case from <= ssv && len(cell) >= 2 && cell[0] == '"':
		return bytes.ReplaceAll(cell[1:len(cell)-1], []byte(`""`), []byte(`"`))
	case from == tsv && bytes.IndexByte(cell, '\\') >= 0:
		return unescape(cell)
	case from == jsonl && len(cell) > 0 && cell[0] == '"':
		var s string
		if json.Unmarshal(cell, &s) == nil {
			return []byte(s)
		}
	}
	return cell
}

func unescape(cell []byte) []byte {
	out := make([]byte, 0, len(cell))
	for i := 0; i < len(cell); i++ {
		if cell[i] == '\\' && i+1 < len(cell) {
			if k := strings.IndexByte(`tnr\`, cell[i+1]); k >= 0 {
				out = append(out, "\t\n\r\\"[k])
				i++
				continue
			}
		}
		out = append(out, cell[i])
	}
	return out
}

func appendEscaped(dst, text []byte) []byte {
	for _, c := range text {
		if k := strings.IndexByte("\t\n\r\\", c); k >= 0 {
			dst = append(dst, '\\', `tnr\`[k])
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

// appendQuoted quotes where RFC 4180 asks for it, and where a reader would trim.
func appendQuoted(dst, text []byte) []byte {
	edge := len(text) > 0 && (text[0] <= ' ' || text[len(text)-1] <= ' ')
	if !edge && !bytes.ContainsAny(text, ",;\"\r\n\t") {
		return append(dst, text...)
	}
	return appendAlwaysQuoted(dst, text)
}

func appendAlwaysQuoted(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		if c == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}

// appendNothing writes that a cell has no value.
func appendNothing(dst []byte, to form) []byte {
	switch to {
	case tsv:
		return append(dst, `\N`...)
	case jsonl:
		return append(dst, "null"...)
	}
	return dst
}
