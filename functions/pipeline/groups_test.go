package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/orders"
	"hourglass/functions/sources"
)

// sourced is a shop whose orders say where their customer comes from, a column that is one value and one of tags; both with other capitals, blanks and none.
func sourced(customers int, seed uint64) (header string, lines []string) {
	r := rand.New(rand.NewPCG(seed, 3))
	header, lines = shop(customers, seed)
	channels := []string{"search", "Search", "mail", "fair", "", "n/a", "\"shop, in person\""}
	tags := []string{"vip", "VIP", "wholesale", "gift", "new"}
	for i, line := range lines {
		var of []string
		for _, tag := range tags {
			if r.Float64() < .25 {
				of = append(of, tag)
			}
		}
		lines[i] = fmt.Sprintf("%s,%s,\"%s\"", line, channels[r.IntN(len(channels))], strings.Join(of, ", "))
	}
	return header + ",channel,tags", lines
}

const costs = "channel,cost\nsearch,2100\nmail,300.50\nFair,10\nnowhere,5\nvip,900\nnone,40\n"

// What -by says is what score says of the same list, to 1e-9, in any number of files: pooled values, what they brought by each age, costs.
func TestGroupsAreThoseOfScore(t *testing.T) {
	header, lines := sourced(500, 12)
	whole := strings.TrimSuffix(split(t, header, lines, 1), "*") + "000.csv"
	spend := t.TempDir() + "/spend.csv"
	put(t, spend, costs)
	for _, by := range []string{"channel", "tags", "first-month"} {
		evidence := t.TempDir() + "/evidence.json"
		args := []string{"-horizon", "300", "-margin", "0.4", "-discount", "0.1", "-by", by}
		if by != "first-month" {
			args = append(args, "-spend", spend)
		}
		_, said := scoreAndReport(t, slices.Concat([]string{"-evidence", evidence}, args, []string{whole})...)
		text, err := os.ReadFile(evidence)
		if err != nil {
			t.Fatal(err)
		}
		var want groupsReport
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		for _, shards := range []int{1, 3, 17} {
			if shards == 1 && by != "channel" {
				continue // one bucket and one file: the others show more
			}
			t.Run(by+strconv.Itoa(shards), func(t *testing.T) {
				s := settingsOf(t, append([]string{"-input", split(t, header, lines, shards), "-rows-per-bucket", strconv.Itoa(2500 / shards)}, args...)...)
				_, r, err := run(t, s)
				if err != nil {
					t.Fatal(err)
				}
				if r.Overlap != want.Overlap || r.Overlap != (by == "tags") {
					t.Errorf("groups overlap: %v, score has %v", r.Overlap, want.Overlap)
				}
				sameGroups(t, r.Groups, want.Groups)
				if by == "first-month" {
					return
				}
				if paid := fmt.Sprintf("over those of groups with a cost %.2f, CLV:CAC %.2f\n", *r.CAC, *r.Ratio); !strings.Contains(said, paid) {
					t.Errorf("%sscore has %s", paid, said)
				}
				if by == "channel" && !slices.Equal(r.Unused, []string{"nowhere", "vip"}) {
					t.Errorf("costs of no group: %q", r.Unused)
				}
			})
		}
	}
}

// sameGroups holds groups against those of score.
func sameGroups(t *testing.T, got, want []sources.Group) {
	t.Helper()
	if len(got) != len(want) || len(got) < 3 {
		t.Fatalf("%d groups, score has %d", len(got), len(want))
	}
	for i := range got {
		if err := differ(reflect.ValueOf(got[i]), reflect.ValueOf(want[i]), got[i].Group); err != nil {
			t.Error(err)
		}
	}
}

// differ is where two values differ, numbers by more than 1e-9.
func differ(a, b reflect.Value, at string) error {
	switch a.Kind() {
	case reflect.Float64:
		if x, y := a.Float(), b.Float(); math.Abs(x-y) > 1e-9*math.Abs(y) {
			return fmt.Errorf("%s: %v, score has %v", at, x, y)
		}
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				return fmt.Errorf("%s: there is one, and in score none, or the other way round", at)
			}
			return nil
		}
		return differ(a.Elem(), b.Elem(), at)
	case reflect.Struct:
		for i := range a.NumField() {
			if err := differ(a.Field(i), b.Field(i), at+"."+a.Type().Field(i).Name); err != nil {
				return err
			}
		}
	case reflect.Slice:
		if a.Len() != b.Len() {
			return fmt.Errorf("%s: %d, score has %d", at, a.Len(), b.Len())
		}
		for i := range a.Len() {
			if err := differ(a.Index(i), b.Index(i), fmt.Sprintf("%s.%d", at, i)); err != nil {
				return err
			}
		}
	default:
		if !a.Equal(b) {
			return fmt.Errorf("%s: %v, score has %v", at, a, b)
		}
	}
	return nil
}

// Of more texts than are told apart the list's first count, whatever file has them and in whatever order files are merged.
func TestTextsOfManyFiles(t *testing.T) {
	file := func(index, from, n int) (out texts) {
		for k := range n {
			out.All = append(out.All, placedText{[]byte(strconv.Itoa(from + k)), index, k})
		}
		return out
	}
	parts := []texts{file(0, 0, 3000), file(1, 2000, 3000), file(2, 0, orders.MostGroupTexts), file(3, 9000, 10)}
	for try := range 4 {
		r := rand.New(rand.NewPCG(uint64(try), 5))
		list := slices.Clone(parts)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		var all texts
		for _, one := range list {
			one.All = slices.Clone(one.All)
			all.merge(one)
		}
		if len(all.All) != orders.MostGroupTexts {
			t.Fatalf("%d texts", len(all.All))
		}
		for i, one := range all.All {
			if string(one.Text) != strconv.Itoa(i) {
				t.Fatalf("text %d is %s", i, one.Text)
			}
		}
	}
}

// What -by cannot mean is said before anything is valued.
func TestByOfNoColumn(t *testing.T) {
	header, lines := sourced(30, 2)
	_, _, err := run(t, settingsOf(t, "-input", split(t, header, lines, 1), "-by", "colour"))
	if err == nil || !strings.Contains(err.Error(), `named "colour"`) {
		t.Error(err)
	}
}
