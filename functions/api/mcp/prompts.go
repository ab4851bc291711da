package mcp

import (
	"strings"

	"hourglass/functions/api/wire"
)

// A prompt is a question that a person starts from.
type prompt struct{ name, title, about, text string }

var prompts = []prompt{
	{"worth", "What is a customer worth?", "Asks for the figures that are missing, then says the value and what it rests on.",
		"Find out what one of my customers is worth. Ask me which business I have (subscription, shop, contracts) and for the figures that the fitting tool needs; " +
			"ask for no more than it needs. Then say the value, what it rests on, and every warning."},
	{"orders", "Who are my best customers?", "Values the customers of a list of orders.",
		"I have a list of orders with customer, date and amount. Value the customers by customers_from_orders, then say what they are worth together with the interval, " +
			"who the best ones are, who is likely to have left, and every warning. Where the data carry no forecast, say so."},
	{"lever", "What would help most?", "Which figure moves the value most, and what a change of it would bring.",
		"Take my figures, find by sensitivity which of them moves the value of a customer most, and by goal_seek what it would have to be for a CLV:CAC ratio of 3. " +
			"Say which of that is within reach, and what the ranges assume."},
	{"explain", "Explain this result", "Puts a result in words that a colleague from finance accepts.",
		"Explain the last result in five short sentences for a colleague from finance: what it is, the formula in words, what has to hold, what is not in it, and every warning."},
}

func promptList() string {
	var w strings.Builder
	for i, p := range prompts {
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString(`{"name":"` + p.name + `","title":` + quotedWhole(p.title) + `,"description":` + quotedWhole(p.about) +
			`,"arguments":[{"name":"figures","description":"What is known already, in any words.","required":false}]}`)
	}
	return w.String()
}

func (x *call) getPrompt(m *message) (string, *rpcError) {
	name := wire.Override(m.params["name"], "")
	for _, p := range prompts {
		if p.name != name {
			continue
		}
		text := p.text
		if figures := wire.Override(wire.Members(string(m.params["arguments"]))["figures"], ""); figures != "" {
			text += "\n\nWhat I know: " + figures
		}
		return `"description":` + quotedWhole(p.about) + `,"messages":[{"role":"user","content":{"type":"text","text":` + quotedWhole(text) + `}}]`, nil
	}
	return "", &rpcError{200, invalidParams, "There is no prompt " + wire.Quoted(name) + ". prompts/list has them.", ""}
}
