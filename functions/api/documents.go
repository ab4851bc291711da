package api

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"

	"hourglass/functions/api/wire"
)

// Texts that internal/gen writes from the catalogue, examples computed by the engine.
var (
	//go:embed openapi_gen.json
	describedText string
	//go:embed samples_gen.json
	samplesText string
	//go:embed schemas_gen.json
	schemasText string
	//go:embed catalogue_gen.json
	catalogueText string
)

// schemas splits the generated object of schemas by calculation when the first is asked for.
var schemas = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	for name, value := range wire.Members(schemasText) {
		list[name] = string(value)
	}
	return list
})

// schema is the JSON Schema document of a calculation, or "".
func schema(id string) string { return schemas()[id] }

// openAPIText is the API's description with the samples of each operation behind its id.
var openAPIText = sync.OnceValue(func() string {
	const id = `"operationId":"`
	samples := wire.Members(samplesText)
	var w strings.Builder
	w.Grow(len(describedText) + len(samplesText))
	for rest := describedText; ; {
		at := strings.Index(rest, id)
		if at < 0 {
			w.WriteString(rest)
			return w.String()
		}
		name, after, _ := strings.Cut(rest[at+len(id):], `"`)
		w.WriteString(rest[:len(rest)-len(after)])
		if list, ok := samples[name]; ok {
			w.WriteString(`,"x-codeSamples":`)
			w.Write(list)
		}
		rest = after
	}
})

// A document is a text that is sent often and never changes: its validator is computed, and it is compressed, once.
type document struct {
	body   func() []byte
	tag    func() string
	packed func() []byte
}

func newDocument(text func() string) *document {
	body := sync.OnceValue(func() []byte { return []byte(text()) })
	return &document{body, sync.OnceValue(func() string { return entityTag(body()) }), sync.OnceValue(func() []byte {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level exists
		_, _ = w.Write(body())
		_ = w.Close() // a buffer takes everything
		return packed.Bytes()
	})}
}

var openAPI, list = newDocument(openAPIText), newDocument(func() string { return catalogueText })
