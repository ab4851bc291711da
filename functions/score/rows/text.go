package rows

import (
	"bytes"
	"encoding/json"
	"strings"
)

// A Form is how rows are written.
type Form uint8

const (
	Csv   Form = iota
	Ssv        // the same parted by semicolons; read only
	Tsv        // no quotes; \t, \n, \r and \\ stand for what they name, \N for nothing
	Jsonl      // an object a line
	Plain      // text as it is: the ids of an order log
)

func ParseForm(name string) (f Form, named bool, err error) {
	switch name {
	case "":
		return Csv, false, nil
	case "csv":
		return Csv, true, nil
	case "tsv":
		return Tsv, true, nil
	case "jsonl":
		return Jsonl, true, nil
	}
	return 0, false, Misuse("-format is csv, tsv or jsonl, not %q", name)
}

// AppendText writes a cell of one form in another. Between rows of one form it is copied,
// so that ids come out as they went in.
func AppendText(dst, cell []byte, from, to Form) []byte {
	if from == to {
		return append(dst, cell...)
	}
	text := DecodeText(cell, from)
	switch to {
	case Csv:
		return AppendQuoted(dst, text)
	case Tsv:
		return appendEscaped(dst, text)
	}
	quoted, err := json.Marshal(string(text))
	if err != nil { // cannot be: every string has a JSON form
		return append(dst, "null"...)
	}
	return append(dst, quoted...)
}

// DecodeText returns what a cell says.
func DecodeText(cell []byte, from Form) []byte {
	switch {
	case from <= Ssv && len(cell) >= 2 && cell[0] == '"':
		return bytes.ReplaceAll(cell[1:len(cell)-1], []byte(`""`), []byte(`"`))
	case from == Tsv && bytes.IndexByte(cell, '\\') >= 0:
		return unescape(cell)
	case from == Jsonl && len(cell) > 0 && cell[0] == '"':
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

// AppendQuoted quotes where RFC 4180 asks for it, and where a reader would trim.
func AppendQuoted(dst, text []byte) []byte {
	edge := len(text) > 0 && (text[0] <= ' ' || text[len(text)-1] <= ' ')
	if !edge && !bytes.ContainsAny(text, ",;\"\r\n\t") {
		return append(dst, text...)
	}
	return AppendAlwaysQuoted(dst, text)
}

func AppendAlwaysQuoted(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		if c == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}

// AppendNothing writes that a cell has no value.
func AppendNothing(dst []byte, to Form) []byte {
	switch to {
	case Tsv:
		return append(dst, `\N`...)
	case Jsonl:
		return append(dst, "null"...)
	}
	return dst
}
