"""What openpyxl reads of workbooks: python3 readers.py FILE... prints a line of JSON each, in the order given."""
import json
import sys

import openpyxl
from openpyxl.utils import range_boundaries


def values(path):
    """What stands in the cells that have names. Read as a stream, and no further than the last of them: styles and the rest are written's to tell."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    places, last = {}, {}
    for name, place in named(book).items():
        if name.startswith("_xlnm"):
            continue
        sheet, ref = next(place.destinations)
        places[name] = sheet, range_boundaries(ref)
        last[sheet] = max(last.get(sheet, 0), places[name][1][3])
    rows = {sheet: list(book[sheet].iter_rows(min_row=1, max_row=row, values_only=True)) for sheet, row in last.items()}

    def at(sheet, row, column):
        cells = rows[sheet][row - 1] if row <= len(rows[sheet]) else ()
        return cells[column - 1] if column <= len(cells) else None

    return {name: [at(sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)] for name, (sheet, (left, top, right, bottom)) in places.items()}


def named(book):
    names = book.defined_names
    return {n.name: n for n in names.definedName} if hasattr(names, "definedName") else dict(names.items())


def read(path):
    written = openpyxl.load_workbook(path)
    formulas = [c.value for s in written for row in s.iter_rows() for c in row if c.data_type == "f"]
    first = written.worksheets[0]
    return {
        "values": values(path),
        "sheets": written.sheetnames,
        "doubled": [f for f in formulas if not isinstance(f, str) or f.startswith("==") or not f.startswith("=")][:3],
        "protected": all(s.protection.sheet and not s.protection.password for s in written),
        "open": [c.coordinate for row in first.iter_rows() for c in row if not c.protection.locked],
        "checked": [str(r) for v in first.data_validations.dataValidation for r in v.sqref.ranges],
        "rightToLeft": all(s.sheet_view.rightToLeft for s in written),
        "title": written.properties.title,
        "creator": written.properties.creator,
        "paper": [int(s.page_setup.paperSize) for s in written],
        "fits": [first.page_setup.fitToWidth, first.page_setup.fitToHeight],
        "charts": len(first._charts),
    }


for path in sys.argv[1:]:
    print(json.dumps(read(path), default=str))
