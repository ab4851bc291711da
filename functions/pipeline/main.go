// Pipeline values the customers of order lists that are larger than a machine, on what runs Apache Beam: Dataflow, Flink, Spark, or Prism in
// this process. It reads and values as the command score does, with the same digits. See docs/pipeline.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/score/rows"
)

// settings are what a pipeline is built by.
type settings struct {
	input     []string // patterns of files
	output    string   // what the names of the output begin with
	form      string   // csv, tsv, jsonl
	fields    string
	ranges    bool
	options   orders.Options
	valuing   valuing
	by        string
	costs     string // text of the file of -spend
	perBucket uint64 // rows
	perPart   uint64 // customers of a file of the output

	tap func(s beam.Scope, step string, of beam.PCollection) beam.PCollection // a test puts faults between steps
}

func main() {
	s, err := parse(flag.CommandLine, os.Args[1:])
	if err == nil {
		beam.Init()
		p, root := beam.NewPipelineWithRoot()
		s.build(root)
		err = execute(context.Background(), p, beamx.RunWithMetrics)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "pipeline: %v\n", err)
		os.Exit(1)
	}
}

// runner is what runs a pipeline of Beam: beamx.RunWithMetrics the one that -runner names.
type runner func(context.Context, *beam.Pipeline) (beam.PipelineResult, error)

// execute runs p, and again, up to three times in all, where Prism itself fell and not what it ran. Prism asks a stage that is busy for 100 ms
// for its progress, through the stage's worker; its own stages, which group by key, have none (2.77.0, internal/stage.go, Execute), and a
// machine with too much to do keeps one of these waiting for that long. What the job had written is written again under the same names.
func execute(ctx context.Context, p *beam.Pipeline, run runner) error {
	for again := 2; ; again-- {
		_, err := run(ctx, p)
		if err == nil || again == 0 || !prismFell(err) {
			return err
		}
	}
}

// prismFell tells Prism's own panic from an error of a step.
func prismFell(err error) bool {
	text := err.Error()
	return strings.Contains(text, "panic in stage.Execute") && strings.Contains(text, "nil pointer dereference") && strings.Contains(text, "(*B).Progress(")
}

// parse reads the command line; the flags of Beam and its runners are beside ours.
func parse(f *flag.FlagSet, args []string) (*settings, error) {
	s := &settings{perBucket: perBucket, perPart: perPart}
	input := f.String("input", "", "files of orders: patterns, comma separated, such as gs://shop/orders/*.csv.gz; CSV and its kin, JSON lines, gzip of these, Parquet")
	f.StringVar(&s.output, "output", "", "what the names of the output begin with, such as gs://shop/values/2026-12")
	f.StringVar(&s.form, "format", formCSV, "form of the output: csv, tsv, jsonl or parquet")
	f.StringVar(&s.fields, "fields", "", "fields of the output, comma separated (all)")
	f.BoolVar(&s.ranges, "ranges", true, "each customer's interval and next order, too")
	f.Float64Var(&s.valuing.Horizon, "horizon", customers.DaysPerYear, "days looked ahead")
	f.Float64Var(&s.valuing.Margin, "margin", 1, "share of the price that is left after the cost of what is sold, above 0 and up to 1")
	f.Float64Var(&s.valuing.Discount, "discount", 0, "effective discount rate a year, such as 0.1")
	f.Float64Var(&s.valuing.Level, "level", 0.95, "probability that an interval holds")
	kind := f.String("model", "auto", "model to fit")
	file := f.String("model-file", "", "value with this model file, which is on this machine, instead of fitting")
	f.StringVar(&s.options.Reading, "reading", "", "settings of reading as one text, as score has them")
	f.StringVar(&s.by, "by", "", "value of a new customer by this column, name or number, from the row of the first order; or first-month")
	spend := f.String("spend", "", "what the groups of -by cost: a file on this machine, see docs/score.md")
	skip := f.String("skip", "", "ids of customers to leave out, comma separated")
	end := f.String("calibration-end", "", "last day of the log to use; the horizon begins after it")
	today := f.String("today", "", "orders after the day after this one are set aside (the day of the start, UTC)")
	f.Uint64Var(&s.perBucket, "rows-per-bucket", perBucket, "rows that a worker resolves at a time, about")
	f.Uint64Var(&s.perPart, "customers-per-file", perPart, "customers in a file of the output, about")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	s.input = strings.FieldsFunc(*input, func(r rune) bool { return r == ',' })
	if *skip != "" {
		s.options.Skip = strings.Split(*skip, ",")
	}
	if k, one := customers.KindOf(*kind); one {
		s.valuing.Pick = customers.Picked(k)
	} else if *kind != "auto" {
		return nil, fmt.Errorf("-model %s is not known", *kind)
	}
	if *file != "" {
		text, err := os.ReadFile(*file)
		if err != nil {
			return nil, err
		}
		s.valuing.Model = string(text)
		m, err := s.valuing.given()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", *file, err)
		}
		if s.options.Reading == "" {
			s.options.Reading = m.Reading
		}
	}
	if *spend != "" {
		text, err := os.ReadFile(*spend)
		if err != nil {
			return nil, err
		}
		if s.costs = string(text); s.by == "" {
			return nil, fmt.Errorf("-spend is what groups cost: -by says which")
		}
	}
	var err error
	if s.valuing.End, err = dayOf("calibration-end", *end); err != nil {
		return nil, err
	}
	if s.options.Now, err = dayOf("today", *today); err != nil {
		return nil, err
	}
	if s.options.Now == 0 {
		s.options.Now = int32(time.Now().Unix() / 86400)
	}
	return s, s.check()
}

func dayOf(name, text string) (int32, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("-%s is a day such as 2024-01-31, not %s", name, strconv.Quote(text))
	}
	return int32(t.Unix() / 86400), nil
}

// check finds what does not go together, before any worker is paid for.
func (s *settings) check() error {
	_, bad := orders.ParseReading(s.options.Reading)
	switch {
	case len(s.input) == 0:
		return fmt.Errorf("-input names the files of orders, such as orders/*.csv")
	case s.output == "":
		return fmt.Errorf("-output says what the names of the output begin with, such as values/shop")
	case bad != "":
		return fmt.Errorf("-reading has %q, which this engine does not know", bad)
	case !s.valuing.options().Valid() || s.valuing.Level == 0:
		return fmt.Errorf("-horizon is up to 1,000,000 days, -margin is above 0 and at most 1, -level is between 0 and 1, and -discount is not negative")
	case !slices.Contains([]string{formCSV, formTSV, formJSONL, formParquet}, s.form):
		return fmt.Errorf("-format is csv, tsv, jsonl or parquet, not %q", s.form)
	}
	_, err := rows.ParseFields(s.fields, false)
	return err
}

// perPart is how many customers a file of the output has, about.
const perPart = 100000

// build puts the steps together.
func (s *settings) build(root beam.Scope) {
	once := beam.Impulse(root)
	plan := beam.ParDo(root.Scope("list files"), &planFn{Patterns: s.input, Output: s.output, By: s.by, Options: s.options}, once)
	files := beam.Reshuffle(root, beam.ParDo(root.Scope("files"), &filesFn{}, once, beam.SideInput{Input: plan}))

	scope := root.Scope("settle dialect")
	dialect := beam.Combine(scope, &mergeFn{ofDialects}, beam.ParDo(scope, &surveyFn{}, files, beam.SideInput{Input: plan}))

	scope = root.Scope("read")
	packs, byAddress, owners, told, texts := beam.ParDo5(scope, &readFn{PerBucket: s.perBucket}, files, beam.SideInput{Input: plan}, beam.SideInput{Input: dialect})
	owned := beam.ParDo(scope, &ownerFn{PerBucket: s.perBucket}, beam.CoGroupByKey(scope, byAddress, owners), beam.SideInput{Input: dialect})
	buckets := beam.GroupByKey(scope, beam.Flatten(scope, packs, owned))
	said := beam.Combine(scope, &mergeFn{ofTexts}, texts)

	scope = root.Scope("resolve customers")
	none := beam.Create(scope, mustJSON(repeats{}))
	repeated := beam.Combine(scope, &mergeFn{ofRepeats}, beam.Flatten(scope, none, beam.ParDo(scope, &repeatsFn{}, buckets, beam.SideInput{Input: plan})))
	blocks, more, spans := beam.ParDo3(scope, &customersFn{End: s.valuing.End}, buckets, beam.SideInput{Input: plan}, beam.SideInput{Input: repeated},
		beam.SideInput{Input: said})
	if s.tap != nil {
		blocks = s.tap(scope, "customers", blocks)
	}
	span := beam.Combine(scope, &mergeFn{ofSpans}, spans)

	scope = root.Scope("fit")
	crowds := beam.ParDo(scope, &historiesFn{summaries{Valuing: s.valuing}}, blocks, beam.SideInput{Input: span})
	crowd := beam.Combine(scope, &crowdFn{}, crowds)
	fitting := beam.ParDo(scope, &fitFn{Valuing: s.valuing}, crowd, beam.SideInput{Input: plan}, beam.SideInput{Input: span})

	groups := beam.Create(scope, mustJSON(groupsReport{}))
	if s.by != "" {
		groups = s.groups(root, blocks, plan, span, said, crowd, fitting)
	}

	scope = root.Scope("value")
	valued := beam.ParDo(scope, &valueFn{Valuing: s.valuing, Ranges: s.ranges}, blocks, beam.SideInput{Input: span}, beam.SideInput{Input: fitting})

	scope = root.Scope("rank")
	scales := beam.Combine(scope, &mergeFn{ofScales}, beam.ParDo(scope, &scaleFn{}, valued))
	cuts := beam.Combine(scope, &mergeFn{ofCuts}, beam.ParDo(scope, &cutFn{}, valued, beam.SideInput{Input: scales}))
	parts := beam.GroupByKey(scope, beam.ParDo(scope, &routeFn{PerPart: s.perPart}, valued, beam.SideInput{Input: scales}))

	scope = root.Scope("write")
	sums := beam.ParDo(scope, &rankFn{Valuing: s.valuing, Output: s.output, PerPart: s.perPart, Ranges: s.ranges, Fields: s.fields, Form: s.form}, parts,
		beam.SideInput{Input: scales}, beam.SideInput{Input: cuts}, beam.SideInput{Input: fitting})
	if s.tap != nil {
		sums = s.tap(scope, "written", sums)
	}
	notes := beam.Flatten(scope, told, more)
	asides := beam.ParDo(scope, &asideFn{Output: s.output}, beam.GroupByKey(scope, beam.ParDo(scope, &faultFn{}, notes)))
	counts := beam.Combine(scope, &mergeFn{ofCounts}, beam.ParDo(scope, &countsFn{}, notes))
	all := beam.Combine(scope, &mergeFn{ofTotals}, beam.Flatten(scope, sums, asides))
	beam.ParDo0(scope, &reportFn{Valuing: s.valuing, Output: s.output, Form: s.form}, plan, beam.SideInput{Input: dialect}, beam.SideInput{Input: span},
		beam.SideInput{Input: fitting}, beam.SideInput{Input: counts}, beam.SideInput{Input: all}, beam.SideInput{Input: groups})
}
