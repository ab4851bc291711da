// Faces writes what is read by others than Go code: the API's description, the page's catalogue, the formula pages.
// Every example in them is computed by the engine.
package main

import "hourglass/internal/gen/files"

func main() {
	out := files.New("docs/formulas/*.md", "docs/formulas/*_gen.json", "functions/api/*_gen.json", "site/base/*.gen.mjs", "site/base/calculations/*.gen.json",
		"site/engine/decisions*.gen.mjs", "site/messages/*.gen.mjs", "site/messages/*/*.gen.mjs", "site/messages/*/*.gen.json", "site/messages/*/calculations/*.gen.json", "functions/sheets/*/*.gen.*", "functions/sheets/*/*/*.gen.*")
	writeLanguages(out)
	writeWarnings(out)
	words := writePageCatalogue(out)
	writeMessages(out)
	writeSchemas(out)
	writeAPICatalogue(out)
	writeOpenAPI(out)
	writeDecisions(out)
	writeToolReference(out)
	writeExports(out)
	writeFormulaPages(out)
	writeSheets(out, words)
	writePane(out, words)
	writeExtension(out, words)
	writeRooms(out)
	out.Exit()
}
