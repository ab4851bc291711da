package main

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

const (
	rounds      = 9
	connections = 4
	warmUp      = 4000 // answers after which V8 has compiled what is hot
	perRound    = 2000
	perRoundOld = 100 // of the stock template, which is slower
	flatFrom    = 5000
	flatTo      = 50000
)

// average is a small request with a small answer.
var average = post("/v1/average", `{"order_value":50,"orders_per_year":4,"lifespan_years":3,"gross_margin":0.4}`, func(status int, body []byte) error {
	var result struct{ CLV float64 }
	if err := json.Unmarshal(body, &result); err != nil || status != 200 || math.Abs(result.CLV-240) > 1e-9 {
		return fmt.Errorf("%d %s", status, body)
	}
	return nil
})

func benchWorker(folder string) error {
	modules, size, err := bundle(folder)
	if err != nil {
		return err
	}
	fmt.Println("Worker: POST /v1/average, keep-alive, the same workerd")
	row("size by wrangler", size, "<= 3072 KiB gzip")
	workers := map[string]*worker{}
	for name, list := range modules {
		begin := time.Now()
		w, err := start(folder, name, list)
		if err != nil {
			return err
		}
		defer w.stop()
		workers[name] = w
		listening := time.Since(begin)
		first, err := load(w.address, average, 1, 1)
		if err != nil {
			return err
		}
		row("cold, "+name+": process up; its first answer", fmt.Sprintf("%d ms; %.1f ms", listening.Milliseconds(), first.Seconds()*1e3), "")
	}
	if err := throughput(workers); err != nil {
		return err
	}
	return flatness(workers["ours"])
}

// throughput measures the three in turn, so that what else the machine does meets them alike.
func throughput(workers map[string]*worker) error {
	for _, name := range []string{"ours", "plain"} {
		if _, err := load(workers[name].address, average, warmUp, connections); err != nil {
			return err
		}
	}
	rates := map[string][]float64{}
	var toStock, toPlain []float64
	for range rounds {
		for name, count := range map[string]int{"ours": perRound, "plain": perRound, "stock": perRoundOld} {
			took, err := load(workers[name].address, average, count, connections)
			if err != nil {
				return err
			}
			rates[name] = append(rates[name], float64(count)/took.Seconds())
		}
		last := func(name string) float64 { return rates[name][len(rates[name])-1] }
		toStock = append(toStock, last("ours")/last("stock"))
		toPlain = append(toPlain, last("ours")/last("plain"))
	}
	for _, name := range []string{"ours", "plain", "stock"} {
		row(name, fmt.Sprintf("%.0f requests/s", median(rates[name])), "")
	}
	row("ours / stock", fmt.Sprintf("%.1f x", median(toStock)), ">= 20 x")
	row("ours / plain JavaScript", fmt.Sprintf("%.2f x", median(toPlain)), ">= 0.5 x")
	return nil
}

// flatness compares the memory in use after many requests and after many more.
func flatness(w *worker) error {
	if _, err := load(w.address, average, flatFrom, connections); err != nil {
		return err
	}
	before, err := live(w)
	if err != nil {
		return err
	}
	if _, err := load(w.address, average, flatTo-flatFrom, connections); err != nil {
		return err
	}
	after, err := live(w)
	if err != nil {
		return err
	}
	row(fmt.Sprintf("memory after %d and %d more requests", flatFrom, flatTo-flatFrom),
		fmt.Sprintf("%.1f, %.1f MB", float64(before)/1e6, float64(after)/1e6), "")
	row("growth", fmt.Sprintf("%+.1f %%", 100*(float64(after)/float64(before)-1)), "<= 10 %")
	return nil
}
