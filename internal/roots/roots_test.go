package main

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// Modules by hand, of the binary format's sections: a custom one, then the data, each segment at its address.
func moduleOf(segments ...segmentOf) []byte {
	var data []byte
	data = append(data, byte(len(segments)))
	for _, s := range segments {
		data = append(data, 0, 0x41)
		data = leb(data, s.address)
		data = append(data, 0x0b)
		data = leb(data, len(s.bytes))
		data = append(data, s.bytes...)
	}
	module := append([]byte("\x00asm\x01\x00\x00\x00"), 0, 5, 4, 'n', 'a', 'm', 'e', 11)
	return append(leb(module, len(data)), data...)
}

type segmentOf struct {
	address int
	bytes   []byte
}

func leb(b []byte, n int) []byte {
	for ; n >= 128; n >>= 7 {
		b = append(b, byte(n)|128)
	}
	return append(b, byte(n))
}

func TestTell(t *testing.T) {
	texts := bytes.Repeat([]byte("text"), 100)
	module := moduleOf(segmentOf{262144, texts}, segmentOf{335456, append([]byte("before__"), mark...)})
	want := bytes.Clone(module)
	binary.LittleEndian.PutUint32(want[bytes.Index(want, mark):], 335456)
	if err := tell(module); err != nil || !bytes.Equal(module, want) {
		t.Errorf("%v; the mark became % x", err, module[len(module)-8:])
	}
	for wrong, module := range map[string][]byte{
		"segments of data":                          moduleOf(segmentOf{262144, append(texts, mark...)}),
		"the mark does not lie among its variables": moduleOf(segmentOf{262144, mark}, segmentOf{335456, texts}),
		"its constants do not lie before":           moduleOf(segmentOf{335456, texts}, segmentOf{262144, mark}),
		"the mark stands there twice":               moduleOf(segmentOf{262144, mark}, segmentOf{335456, mark}),
		"0 segments of data":                        append([]byte("\x00asm\x01\x00\x00\x00"), mark...),
	} {
		before := bytes.Clone(module)
		if err := tell(module); err == nil || !strings.Contains(err.Error(), wrong) || !bytes.Equal(before, module) {
			t.Errorf("%v, not %q", err, wrong)
		}
	}
}

func FuzzTell(f *testing.F) {
	f.Add(moduleOf(segmentOf{262144, []byte("text")}, segmentOf{335456, mark}))
	f.Fuzz(func(t *testing.T, module []byte) {
		before := bytes.Clone(module)
		if tell(module) != nil && !bytes.Equal(before, module) {
			t.Error("a module that cannot be told is changed")
		}
	})
}
