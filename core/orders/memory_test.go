package orders

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// allocated is what reading so many rows allocates, each with a note of its own of so many bytes.
func allocated(rows, customers, note int) uint64 {
	var before, after runtime.MemStats
	padding := strings.Repeat("x", note)
	line := []byte("customer id,order date,total,note\n")
	runtime.ReadMemStats(&before)
	r := NewReader(Options{})
	for i := range rows {
		line = fmt.Appendf(line, "C%06d,2024-%02d-%02d,%d.50,%d%s\n", i%customers, 1+i%12, 1+i%28, i%300, i, padding)
		if len(line) > 1<<15 {
			r.Write(line)
			line = line[:0]
		}
	}
	r.Write(line)
	r.Close()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestTextTakesNoMemory holds what Reader promises: memory grows with orders and customers, not with what else stands in their rows.
func TestTextTakesNoMemory(t *testing.T) {
	short, long := allocated(100_000, 1000, 0), allocated(100_000, 1000, 400)
	const slack = 8 * bufferBytes // what looking at the sample takes; the notes are 40 MB
	if long > short+slack {
		t.Errorf("%d bytes for short notes, %d for long ones", short, long)
	}
	if more := allocated(100_000, 50_000, 400); more < long {
		t.Errorf("%d bytes for 1,000 customers, %d for 50,000", long, more)
	}
}
