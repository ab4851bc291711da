package api

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"sync"

	"hourglass/functions/api/wire"
)

// Texts that internal/gen writes from the catalogue, examples computed by the engine.
var (
	//go:embed openapi_gen.json
	openAPIText string
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

// A document is a text that is sent often and never changes: its validator is computed, and it is compressed, once.
type document struct {
	body   []byte
	tag    func() string
	packed func() []byte
}

func newDocument(text string) *document {
	body := []byte(text)
	return &document{body, sync.OnceValue(func() string { return entityTag(body) }), sync.OnceValue(func() []byte {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level exists
		_, _ = w.Write(body)
		_ = w.Close() // a buffer takes everything
		return packed.Bytes()
	})}
}

var openAPI, list = newDocument(openAPIText), newDocument(catalogueText)
