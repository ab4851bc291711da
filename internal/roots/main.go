// Roots tells a module that TinyGo has linked where its data begin that may hold pointers.
//
//	roots MODULE.wasm
//
// TinyGo's collector takes each aligned word of static data for an address, constants included: tables of numbers and texts then keep arrays for ever
// whose addresses they happen to look like. Constants lie in a segment of their own before what is written to, and hold no pointer to the heap, since nobody
// writes to them. A module that has the mark among its variables (wasm/customers/roots.go) finds there, after this, where those begin. One without the mark is left
// as it is; one that is laid out otherwise is an error, since it would scan all.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// mark is what stands in the module before: sha1's constants, eight bytes that nothing else has.
var mark = []byte{0xdc, 0xbc, 0x1b, 0x8f, 0xd6, 0xc1, 0x62, 0xca}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: roots MODULE.wasm")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "roots: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

func run(file string) error {
	module, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(module, mark) {
		return err
	}
	if err := tell(module); err != nil {
		return err
	}
	return os.WriteFile(file, module, 0o644)
}

// A segment is static data: where it lies in memory, and in the file.
type segment struct{ address, at, length int }

// tell writes the address of the first variable over the mark.
func tell(module []byte) error {
	segments, ok := segments(module)
	if !ok || len(segments) != 2 {
		return fmt.Errorf("%d segments of data, not constants and variables", len(segments))
	}
	constants, variables := segments[0], segments[1]
	if constants.address+constants.length > variables.address {
		return errors.New("its constants do not lie before its variables")
	}
	at := bytes.Index(module, mark)
	if bytes.Contains(module[at+1:], mark) {
		return errors.New("the mark stands there twice")
	}
	if at < variables.at || at+len(mark) > variables.at+variables.length {
		return errors.New("the mark does not lie among its variables")
	}
	binary.LittleEndian.PutUint32(module[at:], uint32(variables.address))
	return nil
}

// segments reads the data section (WebAssembly 1.0, section 5.5.14).
func segments(module []byte) (out []segment, ok bool) {
	const data, header = 11, 8
	r := reader{module, header}
	for r.at < len(module) {
		id := r.byte()
		end := r.number() + r.at
		if id != data {
			r.at = end
			continue
		}
		for n := r.number(); n > 0; n-- {
			if r.byte() != 0 || r.byte() != 0x41 { // active, at an i32.const
				return nil, false
			}
			address := r.number()
			if r.byte() != 0x0b {
				return nil, false
			}
			length := r.number()
			out = append(out, segment{address, r.at, length})
			r.at += length
		}
		return out, r.at == end
	}
	return nil, false
}

type reader struct {
	module []byte
	at     int
}

// byte is the next one, 0xff behind the end.
func (r *reader) byte() byte {
	if r.at < 0 || r.at >= len(r.module) {
		return 0xff
	}
	r.at++
	return r.module[r.at-1]
}

// number is the next one in LEB128, of five bytes at most. Addresses below 2^31 have no sign.
func (r *reader) number() (n int) {
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&127) << shift
		if b < 128 {
			return n
		}
	}
	return n
}
