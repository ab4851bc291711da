"""What openpyxl reads of workbooks: python3 readers.py FILE... prints a line of JSON each, in the order given."""
import json
import sys

import openpyxl


def cells(book, place):
    for sheet, ref in place.destinations:
        found = book[sheet][ref]
        if not isinstance(found, tuple):
            return [found]
        return [cell for row in found for cell in (row if isinstance(row, tuple) else [row])]


def read(path):
    kept, written = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    names = kept.defined_names
    names = {n.name: n for n in names.definedName} if hasattr(names, "definedName") else dict(names.items())
    formulas = [c.value for s in written for row in s.iter_rows() for c in row if c.data_type == "f"]
    first = written.worksheets[0]
    return {
        "values": {n: [c.value for c in cells(kept, place)] for n, place in names.items() if not n.startswith("_xlnm")},
        "sheets": kept.sheetnames,
        "doubled": [f for f in formulas if not isinstance(f, str) or f.startswith("==") or not f.startswith("=")][:3],
        "protected": all(s.protection.sheet and not s.protection.password for s in written),
        "open": [c.coordinate for row in first.iter_rows() for c in row if not c.protection.locked],
        "checked": [str(r) for v in first.data_validations.dataValidation for r in v.sqref.ranges],
        "rightToLeft": all(s.sheet_view.rightToLeft for s in written),
        "title": kept.properties.title,
        "creator": kept.properties.creator,
        "paper": [int(s.page_setup.paperSize) for s in written],
        "fits": [first.page_setup.fitToWidth, first.page_setup.fitToHeight],
        "charts": len(first._charts),
    }


for path in sys.argv[1:]:
    print(json.dumps(read(path), default=str))
