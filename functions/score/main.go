// Score values the customers of an order log, or of a table of summaries, natively.
//
//	score orders.csv > ranked.csv                     fit, value and rank
//	score -save-model shop.json orders.csv            and keep the model
//	score -stream -model-file shop.json < summaries   row in, row out, for pipes
//	score -summaries orders.csv                       what the models need, one row a customer
//	score -sql bigquery -table shop.orders            the SQL that computes the same in a warehouse
//
// Results go to the standard output; a sentence, the report on the data and warnings to
// the standard error. The exit code is 0 when rows were scored, 1 when the input or a
// file does not allow it, 2 when the command line is wrong. See docs/score.md.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the command without its process.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	err := command(args, stdin, stdout, stderr)
	var misuse *usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &misuse):
		fmt.Fprintf(stderr, "score: %v\nscore -help lists the options\n", err)
		return 2
	}
	fmt.Fprintf(stderr, "score: %v\n", err)
	return 1
}

func command(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	s, err := parseSettings(args, stderr)
	if err != nil {
		return err
	}
	if s.sql != "" {
		return writeSQL(stdout, s)
	}
	in := stdin
	if s.file != "" {
		file, err := os.Open(s.file)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	if s.stream {
		return stream(in, stdout, stderr, s)
	}
	out := bufio.NewWriterSize(stdout, 1<<16)
	if err := batch(in, out, stderr, s); err != nil {
		return err
	}
	return out.Flush()
}
