// Customers is the native half of site/engine/bench-customers.ts.
//
//	customers shop N      prints an order log of about N orders by N/10 customers, in order of time
//	customers time FILE   prints how long native Go takes for each stage from that file to ranked customers, as JSON
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"hourglass/core/customers"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/paretonbd"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "customers:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "shop" {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return shop(n)
	}
	if len(args) == 2 && args[0] == "time" {
		return stages(args[1])
	}
	return errors.New("usage: customers shop N | time FILE")
}

// shop invents two years in which a customer orders ten times on average.
func shop(n int) error {
	s := customers.Shop{Seed: 2026, Customers: n / 10, First: 19723, Days: 731,
		Orders: paretonbd.Params{R: 0.9, Alpha: 18, S: 0.6, Beta: 110}, Spend: gammagamma.Params{P: 6, Q: 4, Gamma: 22.5}}
	rows := s.Rows()
	order := make([]int, len(rows.ID))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(rows.Day[a] - rows.Day[b]) })
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "customer_id,order_date,amount")
	for _, i := range order {
		year, month, day := orders.Civil(rows.Day[i])
		fmt.Fprintf(w, "C%07d,%04d-%02d-%02d,%.2f\n", rows.ID[i], year, month, day, rows.Amount[i])
	}
	return w.Flush()
}

// A clock measures stages, in milliseconds of wall and of processor time.
type clock struct {
	at        time.Time
	worked    float64
	Stages    map[string]float64 `json:"stages"`
	Processor map[string]float64 `json:"processor"`
}

func (c *clock) stage(name string) {
	now, worked := time.Now(), processor()
	c.Stages[name] += float64(now.Sub(c.at).Microseconds()) / 1000
	c.Processor[name] += worked - c.worked
	c.at, c.worked = time.Now(), worked
}

// processor returns the milliseconds that this process has worked.
func processor() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec)*1000 + float64(u.Utime.Usec+u.Stime.Usec)/1000
}

func stages(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	c := clock{at: time.Now(), worked: processor(), Stages: map[string]float64{}, Processor: map[string]float64{}}
	v := customers.NewValuation()
	r := v.Read(orders.Options{})
	for at := 0; at < len(text); at += 1 << 18 {
		r.Write(text[at:min(at+1<<18, len(text))])
	}
	v.Close()
	c.stage("read")
	v.Settings = customers.Settings{Wants: customers.Everything,
		Options: customers.Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5, Level: 0.95}}
	for {
		stage, status := v.Next(nil)
		if status != customers.Done {
			return fmt.Errorf("%v: %v", stage, status)
		}
		if stage == customers.Idle {
			break
		}
		c.stage(stage.String())
	}
	for k := range customers.Kinds() {
		customers.Fit(k, v.Base.Fittable(), nil)
		c.stage("fit " + k.String())
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"stages": c.Stages, "processor": c.Processor, "orders": v.Log.Orders(), "customers": v.Base.Len(), "histories": v.Base.Table.Len(),
		"recommended": v.Choice.Recommended.String(), "memory": memory.HeapSys,
	})
}
