package main

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkRows values lists of once, twice, four and eight times the rows on Prism, in files of one size: seconds and processor time, what they are of those
// that a straight line through the first list has, and the size of what is fitted.
func BenchmarkRows(b *testing.B) {
	slog.SetLogLoggerLevel(slog.LevelError + 1)
	const base = 25000
	var first, firstUsed float64
	for _, times := range []int{1, 2, 4, 8} {
		b.Run(strconv.Itoa(times), func(b *testing.B) {
			r := rand.New(rand.NewPCG(11, uint64(times)))
			start := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
			var lines []string
			for c := 0; len(lines) < base*times; c++ {
				rate, mean := r.ExpFloat64()/30, 20+30*r.ExpFloat64()
				for day := r.IntN(700); day < 731; day += 1 + int(r.ExpFloat64()/max(rate, 1e-3)) {
					lines = append(lines, fmt.Sprintf("c%d,%s,%.2f", c, start.AddDate(0, 0, day).Format(time.DateOnly), mean*(.5+r.Float64())))
					if r.Float64() < .1 {
						break
					}
				}
			}
			r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			input := split(b, "customer,date,amount", lines, 4*times)
			rows := float64(len(lines))
			lines = nil
			b.ResetTimer()
			for range b.N {
				at, used := time.Now(), processorTime()
				_, r, err := run(b, settingsOf(b, "-input", input))
				if err != nil {
					b.Fatal(err)
				}
				s, cpu := time.Since(at).Seconds(), processorTime()-used
				if times == 1 {
					first, firstUsed = s/rows, cpu/rows
				}
				b.ReportMetric(s, "s")
				b.ReportMetric(rows/s, "rows/s")
				if first > 0 { // the first list is in this run
					b.ReportMetric(s/rows/first, "of-line")
					b.ReportMetric(cpu/rows/firstUsed, "cpu-of-line")
				}
				b.ReportMetric(cpu, "cpu-s")
				b.ReportMetric(float64(r.Accumulator), "accumulator-B")
				b.ReportMetric(float64(r.Customers), "customers")
				b.ReportMetric(float64(r.Histories), "histories")
			}
		})
	}
}

func processorTime() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
