package customers_test

import (
	"fmt"
	"io"
	"log"
	"strings"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// An order list in, every customer's value out.
func Example() {
	file := strings.NewReader(shop()) // an *os.File in a program of your own

	reader := orders.NewReader(orders.Options{}) // finds out delimiter, columns, dates and amounts
	if _, err := io.Copy(reader, file); err != nil {
		log.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		log.Fatal(err)
	}

	options := customers.DefaultOptions() // a year ahead
	options.Margin = 0.4
	valued, err := customers.Value(reader.Log(), options)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d customers, worth %.0f\n", valued.Len(), valued.Totals.Value.Value)
	for c := range valued.All() {
		fmt.Printf("%s: %.0f, %.0f %% active, %v\n", c.ID, c.Value, 100*c.Alive, c.Segment) // c.Low and c.High say how sure that is
		if c.Rank == 3 {
			break
		}
	}
	// Output:
	// 4000 customers, worth 78817
	// C1264: 908, 89 % active, champion
	// C3108: 895, 89 % active, champion
	// C0493: 758, 99 % active, champion
}

// shop is the invented shop of the customers page, as a file.
func shop() string {
	var w strings.Builder
	w.WriteString("customer,date,amount\n")
	rows := customers.SampleShop().Rows()
	for i, id := range rows.ID {
		year, month, day := orders.Civil(rows.Day[i])
		fmt.Fprintf(&w, "C%04d,%04d-%02d-%02d,%.2f\n", id, year, month, day, rows.Amount[i])
	}
	return w.String()
}

func TestValueRefuses(t *testing.T) {
	reader := orders.NewReader(orders.Options{})
	io.WriteString(reader, "customer,date,amount\nanna,2024-01-05,30\nanna,2024-02-05,40\nben,2024-01-07,10\n")
	reader.Close()
	empty := orders.NewReader(orders.Options{})
	empty.Close()
	lastDay := orders.NewReader(orders.Options{})
	io.WriteString(lastDay, "customer,date,amount\nanna,2024-01-05,30\nben,2024-01-05,10\n")
	lastDay.Close()
	for name, c := range map[string]struct {
		log     *orders.Log
		options customers.Options
		want    string
	}{
		"no log":         {nil, customers.DefaultOptions(), "no orders"},
		"an empty log":   {empty.Log(), customers.DefaultOptions(), "no orders"},
		"options unset":  {reader.Log(), customers.Options{}, "DefaultOptions"},
		"margin unset":   {reader.Log(), customers.Options{HorizonDays: 365}, "DefaultOptions"},
		"only last days": {lastDay.Log(), customers.DefaultOptions(), "no model"},
	} {
		if v, err := customers.Value(c.log, c.options); v != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}
