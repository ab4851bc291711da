package orders

import (
	"fmt"
	"testing"
)

// Lists of costs as advertising tools export them and as people write them down.
func TestReadCosts(t *testing.T) {
	for _, c := range []struct{ name, text, by, want string }{
		{"with days", "date,channel,amount\n2024-01-01,Paid social,100\n2024-01-02,Paid social,20.5\n2024-01-02,Search,7\n2023-12-31,Search,99\n2024-02-01,Search,99\n", "channel",
			"[{Paid social 120.5} {Search 7}] 5 rows, 2 outside, 0 skipped"},
		{"Google", "Day,Campaign,Clicks,Impressions,Cost,Avg. CPC\n2024-01-01,Brand,10,1000,12.50,1.25\n2024-01-01,Generic,20,9000,\"1,012.50\",1.25\n", "Source", "[{Brand 12.5} {Generic 1012.5}] 2 rows, 0 outside, 0 skipped"},
		{"Meta", "Campaign name,Day,Amount spent (EUR),Impressions\nLook,2024-01-05,40.10,900\nLook,2024-01-06,1.90,900\n", "channel", "[{Look 42}] 2 rows, 0 outside, 0 skipped"},
		{"German", "Kanal;Kosten\nSuche;1.234,50\nMesse;90,25\n", "kanal", "[{Suche 1234.5} {Messe 90.25}] 2 rows, 0 outside, 0 skipped"},
		{"the column asked for", "source,country,cost\nads,DE,5\nads,AT,7\nads,DE,1\n", "Country", "[{DE 6} {AT 7}] 3 rows, 0 outside, 0 skipped"},
		{"pasted from a sheet", "E-mail\t1353\nOrganic search\t\nPaid search\t$10,050\n", "channel", "[{E-mail 1353} {Paid search 10050}] 3 rows, 0 outside, 1 skipped"},
		{"lines", "Paid social 29580\nInfluencers: 4720\n", "channel", "[{Paid social 29580} {Influencers 4720}] 2 rows, 0 outside, 0 skipped"},
		{"capitals and totals", "channel,cost\nMail,5\nmail,6\nTotal,11\n,4\nRadio,much\n", "channel", "[{Mail 11}] 5 rows, 0 outside, 3 skipped"},
		{"nothing", "", "channel", "[] 0 rows, 0 outside, 0 skipped"},
		{"no list", "a picture of a cat", "channel", "[] 1 rows, 0 outside, 1 skipped"},
	} {
		got := ReadCosts([]byte(c.text), c.by, Day(2024, 1, 1), Day(2024, 1, 31))
		if text := fmt.Sprintf("%v %d rows, %d outside, %d skipped", got.Each, got.Rows, got.Outside, got.Skipped); text != c.want {
			t.Errorf("%s: %s, want %s", c.name, text, c.want)
		}
	}
}

func FuzzReadCosts(f *testing.F) {
	for _, s := range seeds() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := ReadCosts(data, "channel", 0, 20000)
		if c.Outside+c.Skipped > c.Rows || len(c.Each) > c.Rows {
			t.Errorf("%+v", c)
		}
		for _, one := range c.Each {
			if one.Amount-one.Amount != 0 || one.Group == "" {
				t.Errorf("%+v", one)
			}
		}
	})
}
