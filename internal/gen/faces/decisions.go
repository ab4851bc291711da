package main

import (
	"encoding/json"

	"hourglass/functions/api"
)

// toolIDs are the tools over calculations in the order of the description.
var toolIDs = []string{"sensitivity", "goal-seek", "simulate", "compare"}

// decisionPaths describes the tools over calculations, each by its example.
func decisionPaths() (out object) {
	var tools map[string]struct {
		Title, Description string
		Input, Example     json.RawMessage
	}
	if err := json.Unmarshal([]byte(api.DecisionTools), &tools); err != nil {
		panic(err) // a text of ours that does not parse is a bug to stop at
	}
	for _, id := range toolIDs {
		t := tools[id]
		body := compact(t.Example)
		out = append(out, member{"/v1/" + id, object{{"post", operation{
			id: camel(id), tag: "decisions", summary: t.Title, description: t.Description,
			body:   jsonContent(t.Input, body),
			ok:     jsonContent(object{{"type", "object"}}, raw("POST", "/v1/"+id, "", body)),
			errors: []string{"400", "405", "413", "415", "422"},
		}.object()}}})
	}
	return out
}
