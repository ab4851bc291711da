package main

import (
	"bytes"
	"fmt"
	"time"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

const (
	customersEntry  = "customers/page.ts"
	customersModule = "customers.wasm"

	// customersPath is the folder of the page and of its workers: what is in it is served with the headers that let
	// memory be shared between them (api.SiteHeaders).
	customersPath = "customers/"
)

// customersWorkers are the scripts that run beside the customers page, by the module they begin with.
var customersWorkers = map[string]string{"engine.js": "engine/customers-worker.ts", "sheets.js": "customers/sheet-worker.ts"}

// bundleCustomers makes what the customers page has besides its script: the workers' scripts and the style around it.
func (s *site) bundleCustomers() error {
	style, err := s.esbuild("styles/customers-page.css")
	if err != nil {
		return err
	}
	s.addAsset("customers.css", style)
	for name, module := range customersWorkers {
		body, err := s.esbuild(module)
		if err != nil {
			return err
		}
		s.addFile(customersPath, name, body)
	}
	return nil
}

// A customersPage has the page's computed example: the sample shop, as the page itself reckons it.
type customersPage struct {
	page
	Shop shopExample
}

// A shopExample is what the page answers about the sample shop within a year, at its starting settings, in words.
type shopExample struct {
	Sentence, Table string
	Best            []struct{ Rank, ID, Orders, Spend, Alive, Expected, Value string }
}

// A shop is the same in figures, as say.ts takes them.
type shop struct {
	Orders    int            `json:"orders"`
	Customers int            `json:"customers"`
	Expected  forecast       `json:"expected"`
	Value     forecast       `json:"value"`
	TopShare  float64        `json:"topShare"`
	Slipping  float64        `json:"slipping"`
	End       int32          `json:"end"` // last day, since 1970-01-01
	Best      []shopCustomer `json:"best"`
}

type forecast struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type shopCustomer struct {
	Rank     int     `json:"rank"`
	ID       string  `json:"id"`
	Orders   float64 `json:"orders"`
	Spend    float64 `json:"spend"`
	Alive    float64 `json:"alive"`
	Expected float64 `json:"expected"`
	Value    float64 `json:"value"`
}

func (s *site) renderCustomers(l language) error {
	base, err := page{site: s}.in(l, customersPath)
	if err != nil {
		return err
	}
	p := customersPage{base, s.examples[l.Tag].Shop}
	p.Title, p.Heading, p.Lede, p.Description = p.Words["customers_title"], p.Words["customers_heading"], p.Words["customers_lede"], p.Words["customers_description"]
	english, err := s.words("en")
	if err != nil {
		return err
	}
	if p.Picture, err = s.picture(l.folder()+customersPath, card{Title: p.Heading}, card{Title: english["customers_heading"]}); err != nil {
		return err
	}
	modules := []string{customersEntry}
	if l.Tag != "en" {
		modules = append(modules, "messages/"+l.Tag+"/page.gen.mjs", "messages/"+l.Tag+"/customers.gen.mjs")
	}
	p.Parts = s.needed(modules[0], modules[1:]...)
	return s.render(l.folder()+customersPath+"index.html", "customers.html", p)
}

// sampleShop reckons the sample shop natively, as the page does in the browser.
func sampleShop() (shop, error) {
	log := shopLog(customers.SampleShop().Rows())
	v := customers.NewValuation()
	v.Of(log)
	v.Settings = customers.Settings{Wants: customers.Wants{Intervals: true, Totals: true},
		Options: customers.Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 1, Level: 0.95}}
	if status := v.Run(nil); status != customers.Done {
		return shop{}, fmt.Errorf("the sample shop: %v", status)
	}
	base, summary, scores, values, totals := v.Base, v.Summary, v.Answer.Scores, v.Answer.Values, v.Answer.Totals
	counts, _ := customers.BySegment(v.Answer.Segments, values.Value)
	ordered, worth := totals.Orders, totals.Value
	if likely := v.AnswerResult().Totals.Likely; !likely.Checked {
		ordered, worth = likely.Orders, likely.Value
	}
	example := shop{
		Orders: log.Orders(), Customers: base.Len(),
		Expected: forecast{ordered.Value, ordered.Low, ordered.High},
		Value:    forecast{worth.Value, worth.Low, worth.High},
		TopShare: customers.Concentrate(values.Value).TopDecile,
		Slipping: counts[customers.SlippingChampion] + counts[customers.SlippingRegular],
		End:      summary.Split.End,
		Best:     make([]shopCustomer, 5),
	}
	for i, rank := range values.Rank {
		if int(rank) > len(example.Best) {
			continue
		}
		history := base.Row[i]
		example.Best[rank-1] = shopCustomer{
			Rank: int(rank), ID: string(log.ID(int(summary.Customer[i]))), Orders: summary.X[i] + 1, Spend: summary.Spend[i],
			Alive: scores.Alive[history], Expected: scores.Expected[history], Value: values.Value[i],
		}
	}
	return example, nil
}

// shopLog reads the rows as the page does: as a file.
func shopLog(rows customers.Rows) *orders.Log {
	var file bytes.Buffer
	file.WriteString("customer,date,amount\n")
	for i, id := range rows.ID {
		day := time.Unix(int64(rows.Day[i])*86400, 0).UTC().Format(time.DateOnly)
		fmt.Fprintf(&file, "%d,%s,%.2f\n", id, day, rows.Amount[i])
	}
	r := orders.NewReader(orders.Options{})
	r.Write(file.Bytes())
	r.Close()
	return r.Log()
}
