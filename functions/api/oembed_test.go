package api

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const oembedHost = "hourglass.example"

func oembed(t *testing.T, query string) Response {
	t.Helper()
	headers := map[string]string{"Host": oembedHost}
	return New(Options{}).Handle(Request{Method: "GET", Path: "/oembed", Query: query, Header: func(name string) string { return headers[name] }})
}

func TestOEmbed(t *testing.T) {
	r := oembed(t, "url=https%3A%2F%2Fhourglass.example%2Fde%2Fsubscription%2F%3Fprice%3D50%26currency%3DEUR&maxwidth=400&format=json")
	var got struct {
		Version, Type, HTML, Title string
		Width, Height              int
		Provider                   string `json:"provider_url"`
	}
	if err := json.Unmarshal(r.Body, &got); err != nil || r.Status != 200 {
		t.Fatalf("%d %s %v", r.Status, r.Body, err)
	}
	// The members that the specification requires of type rich: https://oembed.com/#section2.3
	if got.Version != "1.0" || got.Type != "rich" || got.Width != 400 || got.Height != oembedHeight || got.Title == "" || got.Provider != "https://hourglass.example/" {
		t.Errorf("%+v", got)
	}
	if want := `src="https://hourglass.example/widget.html?currency=EUR&amp;kind=subscription&amp;lang=de&amp;price=50"`; !strings.Contains(got.HTML, want) {
		t.Errorf("%s lacks %s", got.HTML, want)
	}
}

// Whatever the address holds stays within the frame's attribute.
func TestOEmbedEscapes(t *testing.T) {
	r := oembed(t, "url=%2Fsubscription%2F%3Fx%3D%22%3E%3Cscript%3E")
	if body := string(r.Body); r.Status != 200 || strings.Contains(body, "<script") || strings.Contains(body, `">\u003cscript`) {
		t.Errorf("%d %s", r.Status, body)
	}
}

func TestOEmbedOfEveryPage(t *testing.T) {
	text, err := os.ReadFile("../../site/scenarios.json")
	if err != nil {
		t.Fatal(err)
	}
	var scenarios []struct{ ID string }
	if err := json.Unmarshal(text, &scenarios); err != nil {
		t.Fatal(err)
	}
	pages := []string{"/", "/de/", "/widget.html?kind=average", "/widget?kind=referral"}
	for _, s := range scenarios {
		pages = append(pages, "/"+s.ID+"/", "/pt-BR/"+s.ID+"/", "/pt-br/"+s.ID+"/", "https://hourglass.example/"+s.ID)
	}
	for _, page := range pages {
		if r := oembed(t, "url="+strings.ReplaceAll(page, "&", "%26")); r.Status != 200 {
			t.Errorf("%s: %d %s", page, r.Status, r.Body)
		}
	}
}

func TestOEmbedRefuses(t *testing.T) {
	for query, status := range map[string]int{
		"": 404, "url=": 404, "url=https%3A%2F%2Fhourglass.example%2Fdocs%2F": 404, "url=https%3A%2F%2Felsewhere.example%2Fsubscription%2F": 404,
		"url=%2Fbgnbd%2Ffit%2F": 404, "url=javascript%3Aalert(1)": 404, "url=%2F%2Felsewhere.example%2Fsubscription": 404, "url=%3A": 404,
		"url=%2Fsubscription%2F&format=xml": 501, "url=%2Fsubscription%2F&maxwidth=0": 400, "url=%2Fsubscription%2F&maxheight=x": 400, "url=%2": 400,
	} {
		if r := oembed(t, query); r.Status != status {
			t.Errorf("%s: %d for %d: %s", query, r.Status, status, r.Body)
		}
	}
}
