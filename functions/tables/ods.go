package tables

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	maxColumns  = 1000
	maxRepeats  = 1_000_000 // of an empty row
	maxCopies   = 10_000    // of a row with something in it
	maxDocument = 1 << 30   // bytes of the text of all sheets
)

// openDocument opens the sheets of an OpenDocument workbook that hold anything. OpenDocument 1.3, part 3, 9.1: a row and a cell
// may stand for several; the value of a number or date is an attribute, that of a text its paragraphs.
func openDocument(name string, content *zip.File) ([]*Table, error) {
	r, err := content.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: the sheet cannot be read: %w", name, err)
	}
	defer r.Close()
	var tables []*Table
	d := document{xml: xml.NewDecoder(r)}
	for {
		token, err := d.xml.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: the sheet is damaged: %w", name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "table" {
			continue
		}
		if err := d.table(); err != nil {
			return nil, fmt.Errorf("%s: the sheet is damaged: %w", name, err)
		}
		if strings.Trim(string(d.text), "\n,") == "" {
			continue
		}
		tables = append(tables, &Table{Name: name + "/" + attribute(start, "name"), in: strings.NewReader(string(d.text))})
		if len(tables) > maxTables {
			return nil, fmt.Errorf("%s holds more than %d sheets: save the one with the orders as CSV", name, maxTables)
		}
	}
	if len(tables) == 0 {
		return nil, fmt.Errorf("%s: no sheet has any cell filled", name)
	}
	return tables, nil
}

// A document writes the rows of sheets as CSV.
type document struct {
	xml     *xml.Decoder
	text    []byte
	written int
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// repeated is how many times an element stands.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// table reads a sheet to its end.
func (d *document) table() error {
	d.text = d.text[:0]
	empty := 0 // rows; those at the end are not written
	for {
		token, err := d.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "table" {
				return nil
			}
		case xml.StartElement:
			if t.Name.Local != "table-row" {
				continue
			}
			cells, err := d.row()
			if err != nil {
				return err
			}
			n := repeated(t, "number-rows-repeated")
			if len(cells) == 0 {
				empty = min(empty+n, maxRepeats)
				continue
			}
			for ; empty > 0; empty-- {
				d.text = append(d.text, '\n')
			}
			if n > maxCopies {
				return fmt.Errorf("a row stands %d times, more than %d: save the sheet with the orders as CSV", n, maxCopies)
			}
			for range n {
				before := len(d.text)
				d.text = line(d.text, cells)
				if err := d.count(len(d.text) - before); err != nil {
					return err
				}
			}
		}
	}
}

// count takes in so many bytes of text, of cells and of rows.
func (d *document) count(n int) error {
	if d.written += n; d.written > maxDocument {
		return fmt.Errorf("its sheets hold more than %d MB of text", maxDocument>>20)
	}
	return nil
}

// row reads the cells of a row, without the empty ones at its end.
func (d *document) row() (cells []string, err error) {
	empty := 0
	for {
		token, err := d.xml.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "table-row" {
				return cells, nil
			}
		case xml.StartElement:
			if t.Name.Local != "table-cell" && t.Name.Local != "covered-table-cell" {
				continue
			}
			text, err := d.cell(t)
			if err != nil {
				return nil, err
			}
			n := min(repeated(t, "number-columns-repeated"), maxColumns)
			if text == "" {
				empty += n
				continue
			}
			for ; empty > 0 && len(cells) < maxColumns; empty-- {
				cells = append(cells, "")
			}
			empty = 0
			if err := d.count(n * len(text)); err != nil {
				return nil, err
			}
			for ; n > 0 && len(cells) < maxColumns; n-- {
				cells = append(cells, text)
			}
		}
	}
}

// cell is the value of a cell.
func (d *document) cell(start xml.StartElement) (string, error) {
	var text strings.Builder
	depth, notes := 1, 0
	for depth > 0 {
		token, err := d.xml.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "annotation" {
				notes = depth
			} else if t.Name.Local == "p" && text.Len() > 0 && notes == 0 {
				text.WriteByte(' ')
			} else if t.Name.Local == "s" && notes == 0 {
				text.WriteByte(' ')
			}
			depth++
		case xml.EndElement:
			if depth--; depth == notes {
				notes = 0
			}
		case xml.CharData:
			if depth > 1 && notes == 0 {
				text.Write(t)
			}
		}
	}
	switch attribute(start, "value-type") {
	case "float", "percentage":
		return attribute(start, "value"), nil
	case "currency":
		return strings.TrimSpace(attribute(start, "value") + " " + attribute(start, "currency")), nil
	case "date":
		return attribute(start, "date-value"), nil
	}
	return strings.TrimSpace(text.String()), nil
}
