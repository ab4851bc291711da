package main

import (
	"bytes"
	"io"
)

const (
	readBytes = 1 << 22 // asked for at a time
	maxLine   = 1 << 20
)

// lines cuts a stream into lines without ever waiting for more than the next read gives.
type lines struct {
	in       io.Reader
	buf      []byte
	start    int
	number   uint64 // of the line last returned
	skipping bool   // within a line that is too long
	ended    bool
	err      error // of reading, once it has failed
}

// next returns the next complete line without its end. When there is none, more
// says whether fill may bring one. A line over maxLine comes once, as nil and long.
func (l *lines) next() (line []byte, long, ok bool) {
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
			l.number++
			return trimEnd(rest[:end]), false, true
		case l.skipping:
			l.start = len(l.buf)
			return nil, false, false
		case len(rest) >= maxLine:
			l.start, l.skipping = len(l.buf), true
			l.number++
			return nil, true, true
		case l.ended && len(rest) > 0:
			l.start = len(l.buf)
			l.number++
			return trimEnd(rest), false, true
		}
		return nil, false, false
	}
}

func trimEnd(line []byte) []byte {
	return bytes.TrimSuffix(line, []byte("\r"))
}

// fill reads once. Lines returned before are gone. It returns false after the end, when
// next has nothing left.
func (l *lines) fill() bool {
	if l.ended {
		return l.start < len(l.buf)
	}
	kept := copy(l.buf, l.buf[l.start:])
	l.buf, l.start = l.buf[:kept], 0
	if cap(l.buf)-kept < readBytes {
		l.buf = append(make([]byte, 0, 2*kept+2*readBytes), l.buf...)
	}
	n, err := l.in.Read(l.buf[kept:cap(l.buf)])
	l.buf = l.buf[:kept+n]
	if err != nil {
		l.ended = true
		if err != io.EOF {
			l.err = err
		}
	}
	return true
}
