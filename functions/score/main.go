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
	"hourglass/functions/score/rows"
	"io"
	"os"
	"strconv"
	"strings"

	"hourglass/functions/tables"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the command without its process.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	err := command(args, stdin, stdout, stderr)
	var misuse *rows.UsageError
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
	files, closeAll, err := s.open(stdin)
	defer closeAll()
	if err != nil {
		return err
	}
	if s.stream {
		return stream(files[0], stdout, stderr, s)
	}
	if s.modelFile != "" {
		m, err := loadModel(s.modelFile)
		if err != nil {
			return err
		}
		s.scored = &m
		if err := s.inherit(m.Reading); err != nil {
			return err
		}
	}
	in, err := s.gathered(files)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(stdout, 1<<16)
	if err := batch(in, out, stderr, s); err != nil {
		return err
	}
	return out.Flush()
}

// open opens the files, or takes the standard input.
func (s *settings) open(stdin io.Reader) (list []io.Reader, closeAll func(), err error) {
	var opened []*os.File
	closeAll = func() {
		for _, f := range opened {
			f.Close()
		}
	}
	for _, name := range s.files {
		f, err := os.Open(name)
		if err != nil {
			return nil, closeAll, err
		}
		opened, list = append(opened, f), append(list, f)
	}
	if len(list) == 0 {
		list = append(list, stdin)
	}
	return list, closeAll, nil
}

// gathered is what the files come to, as one text in columns.
func (s *settings) gathered(files []io.Reader) (io.Reader, error) {
	var list []*tables.Table
	for i, f := range files {
		name := "the input"
		if i < len(s.files) {
			name = s.files[i]
		}
		more, err := tables.Open(name, f)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	if s.reading.Sheet != "" {
		all := list
		list = nil
		var names []string
		for _, t := range all {
			names = append(names, t.Name)
			if t.Name == s.reading.Sheet || strings.HasSuffix(t.Name, "/"+s.reading.Sheet) {
				list = append(list, t)
			}
		}
		if n, err := strconv.Atoi(s.reading.Sheet); len(list) == 0 && err == nil && n > 0 && n <= len(all) {
			list = all[n-1 : n]
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("-sheet %s is not among %s", s.reading.Sheet, strings.Join(names, ", "))
		}
	}
	if len(list) == 1 {
		s.orders.Encoding = list[0].Encoding
		return list[0], nil
	}
	return tables.Join(list, s.orders, s.reading.Path)
}
