package orders

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

// leanFile makes a file of ids, days and amounts for which workers are of use, beyond what is looked at to tell its format. Every so often a
// row is one of the rare ones, each of which a cut may fall into.
func leanFile(rng *rand.Rand, end string, rare ...string) []byte {
	var b strings.Builder
	b.WriteString("customer id,order date,total" + end)
	for i := 0; b.Len() < 3*bufferBytes/2; i++ {
		if len(rare) > 0 && rng.Intn(40) == 0 && b.Len() > bufferBytes/2 {
			b.WriteString(rare[rng.Intn(len(rare))])
		}
		fmt.Fprintf(&b, "C%04d,2024-%02d-%02d,%d.%02d%s", rng.Intn(900+i/9), 1+rng.Intn(12), 1+rng.Intn(28), rng.Intn(300), rng.Intn(100), end)
	}
	return []byte(b.String())
}

// What is read, and what is said of it, does not depend on how many read, on where the file is cut, or on the chunks in which it comes.
func TestPartsAreTheSame(t *testing.T) {
	within := "\"a\nC0001,2024-01-01,5.00\nC0002,2024-01-01,6.00\n\",2024-02-02,7\n"
	for name, data := range map[string][]byte{
		"plain":            leanFile(rand.New(rand.NewSource(1)), "\n"),
		"CRLF":             leanFile(rand.New(rand.NewSource(2)), "\r\n", "\r\n", "C1,x,1\r\n", "C1,2024-01-01,1\n"),
		"CR":               leanFile(rand.New(rand.NewSource(3)), "\r"),
		"byte order mark":  append([]byte("\ufeff"), leanFile(rand.New(rand.NewSource(4)), "\n", "total,,99\n")...),
		"quoted rows":      leanFile(rand.New(rand.NewSource(5)), "\n", within, "\"b\"\"\",2024-02-02,1\n", "\"C0003\",\"2024-02-02\",\"1,000.50\"\n"),
		"open quotes":      leanFile(rand.New(rand.NewSource(6)), "\n", "\"never closed,2024-01-01,5\n", within),
		"everything else":  leanFile(rand.New(rand.NewSource(7)), "\n", "guest,2024-01-01,1\n", "C0001,2024-01-01,-4\n", "Ann@X.example,2024-01-01,0\n", "C1,2024-13-01,1\n", "C1,2031-01-01,1\n", "C1,2024-01-01\n", "C1,2024-01-01,1,2,3\n", "a\x00,2024-01-01,1\n", "0007,2024-03-04,1\n", "7,2024-03-04,1\n", "\xfc,2024-01-01,$3\n", "\n"),
		"an oversized row": append(leanFile(rand.New(rand.NewSource(8)), "\n", "x"+strings.Repeat("y", maxRecord)+"\n"), "C0001,2024-01-01"...),
	} {
		want := digest(readWhole(data, Options{}))
		for _, workers := range []int{2, 8} {
			for _, part := range []int{100, 5000, partBytes} {
				for _, chunk := range []int{len(data), 70001} {
					r := NewReader(Options{})
					r.Workers, r.part = workers, part
					for rest := data; len(rest) > 0; {
						n := min(chunk, len(rest))
						r.Write(rest[:n])
						rest = rest[n:]
					}
					r.Close()
					if got := digest(r); got != want {
						t.Fatalf("%s, %d workers, parts of %d bytes, chunks of %d:\n%.500s\n%.500s", name, workers, part, chunk, got, want)
					}
					if name != "CR" && part <= chunk/10 && len(r.apart) == 0 {
						t.Errorf("%s: nothing was read side by side", name)
					}
				}
			}
		}
	}
}
