package rows

import (
	"bytes"
	"fmt"
	"io"
)

const (
	ReadBytes = 1 << 22 // asked for at a time
	MaxLine   = 1 << 20
)

// Lines cuts a stream into lines without ever waiting for more than the next read gives.
type Lines struct {
	In       io.Reader
	buf      []byte
	start    int
	Number   uint64 // of the line last returned
	skipping bool   // within a line that is too long
	ended    bool
	Err      error // of reading, once it has failed
}

// Next returns the next complete line without its end. When there is none, more
// says whether fill may bring one. A line over maxLine comes once, as nil and long.
func (l *Lines) Next() (line []byte, long, ok bool) {
	for {
		rest := l.buf[l.start:]
		end := bytes.IndexByte(rest, '\n')
		switch {
		case end >= 0:
			l.start += end + 1
			if l.skipping {
				l.skipping = false
				continue
			}
			l.Number++
			return TrimEnd(rest[:end]), false, true
		case l.skipping:
			l.start = len(l.buf)
			return nil, false, false
		case len(rest) >= MaxLine:
			l.start, l.skipping = len(l.buf), true
			l.Number++
			return nil, true, true
		case l.ended && len(rest) > 0:
			l.start = len(l.buf)
			l.Number++
			return TrimEnd(rest), false, true
		}
		return nil, false, false
	}
}

func TrimEnd(line []byte) []byte {
	return bytes.TrimSuffix(line, []byte("\r"))
}

// Fill reads once. Lines returned before are gone. It returns false after the end, when
// next has nothing left.
func (l *Lines) Fill() bool {
	if l.ended {
		return l.start < len(l.buf)
	}
	kept := copy(l.buf, l.buf[l.start:])
	l.buf, l.start = l.buf[:kept], 0
	if cap(l.buf)-kept < ReadBytes {
		l.buf = append(make([]byte, 0, 2*kept+2*ReadBytes), l.buf...)
	}
	n, err := l.In.Read(l.buf[kept:cap(l.buf)])
	l.buf = l.buf[:kept+n]
	if err != nil {
		l.ended = true
		if err != io.EOF {
			l.Err = err
		}
	}
	return true
}

// First returns the first line, which next returns again; nil when there is none.
func (l *Lines) First() ([]byte, error) {
	for l.Fill() {
		line, long, ok := l.Next()
		if long {
			return nil, fmt.Errorf("the first line is longer than 1 MiB: is this a table of summaries?")
		}
		if ok {
			l.start, l.Number = 0, 0
			if len(line) >= 3 && string(line[:3]) == ByteOrderMark {
				l.start = 3
			}
			return line[l.start:], nil
		}
	}
	return nil, l.Err
}

const ByteOrderMark = "\xef\xbb\xbf"
