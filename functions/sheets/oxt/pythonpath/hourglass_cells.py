"""How the arguments of a call become rows of input, and the answers cells: as internal/gen/faces/sheets/table.js does for the other spreadsheets.

Calc gives a number, a text, None for an argument left out, or a tuple of rows for a range, where a blank cell is an empty text. What is wrong is the text of
the cell: an add-in's function has no other way to say more than an error's number. LibreOffice comes with Python 3.8 up to its version 24.2.
"""

import json
import re
import urllib.error
import urllib.request

MAX_ROWS = 10000
MAX_BYTES = 1000000
SECONDS = 30


class Refused(Exception):
    """What a cell shows in the place of a result."""


def blank(cell):
    return cell is None or cell == ""


def unwrapped(value):
    """The only cell of a range of one cell; anything else as it is."""
    return value[0][0] if isinstance(value, tuple) and len(value) == 1 and len(value[0]) == 1 else value


def plain(heading):
    """A heading as it is compared: case, and what stands between words, do not count."""
    return re.sub(r"[\W_]+", "_", str(heading).lower()).strip("_")


def number(cell):
    """Calc gives whole numbers as floats, which JSON may write as 1e+16."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53 else cell


def result_names(known, wanted):
    lines = wanted if isinstance(wanted, tuple) else ((wanted,),)
    names = [name.strip() for line in lines for cell in line if not blank(cell) and cell != 0 for name in str(cell).split(",")]  # 0 is a blank cell
    return [name for name in names if name] or [known["result"]]


def without_end(rows):
    """Of a whole column, or more rows than a request takes, what follows the last that is filled is left out: a million of answers would take Calc minutes."""
    if len(rows) > MAX_ROWS:
        while len(rows) > 1 and rows[-1] is None:
            rows.pop()
    return rows


def tabulate(headings, body, names=lambda heading: str(heading).strip()):
    """Rows of named values from a table; None for a row that is blank."""
    columns = ["" if blank(heading) else names(heading) for heading in headings]
    rows = [{name: number(cell) for name, cell in zip(columns, cells) if name and not blank(cell)} for cells in body]
    return [row or None for row in rows]


def records(name, value):
    if isinstance(value, tuple):
        return [row for row in tabulate(value[0], value[1:]) if row]
    if blank(value):
        return None
    try:
        return json.loads(value)
    except (TypeError, ValueError) as error:
        raise Refused(f"{name} must be a table with headings, or JSON: {error}.") from error


class Column:
    """One input: the cells that it has for the rows, or one cell for all."""

    def __init__(self, name, kind, given):
        value = unwrapped(given)
        self.name, self.ranged, self.across = name, False, False
        if kind == "records":
            self.cells = [records(name, value)]
        elif not isinstance(value, tuple):
            if kind == "option" and value == 0:
                value = None  # a blank cell, which Calc gives as 0; no option is a number
            self.cells = [[number(value)] if kind == "list" and not blank(value) else number(value)]
        else:
            self.lay(kind, value)

    def lay(self, kind, value):
        tall, wide = len(value) > 1, len(value[0]) > 1
        if kind == "list":
            lines = value if tall and wide else [[cell for line in value for cell in line]]
            self.cells = [[number(cell) for cell in line if not blank(cell)] or None for line in lines]
            self.ranged = tall and wide
            return
        if tall and wide:
            raise Refused(f"{self.name} must be one column or one row of cells.")
        self.cells, self.ranged, self.across = [number(cell) for line in value for cell in line], True, wide


class Sheet:
    """Rows of input, None for one whose cells are all blank, and what is to be said of them."""

    def __init__(self, rows, names, across=False, remarks=()):
        self.rows, self.across, self.remarks = rows, across, list(remarks)
        filled = [name for name in names if any(row and name in row for row in rows)]
        self.blanks = [[name for name in filled if name not in row] if row else [] for row in rows]


def lay_out(known, values):
    columns = [Column(name, one["kind"], value) for (name, one), value in zip(known["inputs"].items(), values)]
    if len(values) > len(known["inputs"]):
        raise Refused(f"There are {len(known['inputs'])} inputs, not {len(values)}: {', '.join(known['inputs'])}.")
    ranged = [one for one in columns if one.ranged]
    count = len(ranged[0].cells) if ranged else 1
    for other in ranged:
        if len(other.cells) != count:
            raise Refused(f"{ranged[0].name} has {count} cells, but {other.name} has {len(other.cells)}. Give ranges of one length.")
    rows = []
    for i in range(count):
        if ranged and all(blank(one.cells[i]) for one in ranged):
            rows.append(None)
            continue
        given = {one.name: one.cells[i if one.ranged else 0] for one in columns}
        rows.append({name: cell for name, cell in given.items() if not blank(cell)})
    return Sheet(without_end(rows), [one.name for one in ranged], bool(ranged) and all(one.across for one in ranged))


def from_table(known, headings, body):
    """The rows of a table whose headings are names or titles of inputs."""
    by = {plain(one["title"]): name for name, one in known["inputs"].items()}
    by.update({plain(name): name for name in known["inputs"]})
    named = [heading for heading in headings if not blank(heading)]
    strange = [str(heading) for heading in named if plain(heading) not in by]
    if len(strange) == len(named):
        raise Refused(f"No heading is an input: {', '.join(strange) or 'they are blank'}. There are: {', '.join(known['inputs'])}.")
    rows = without_end(tabulate(headings, body, lambda heading: by.get(plain(heading), "")))
    remarks = [f"Columns passed over, which are no inputs: {', '.join(strange)}."] if strange else []
    return Sheet(rows, [by[plain(heading)] for heading in named if plain(heading) in by], remarks=remarks)


def bodies(rows):
    """Cuts rows into bodies of requests."""
    parts, size = [[]], 0
    for row in rows:
        text = json.dumps(row, separators=(",", ":"))
        if len(parts[-1]) == MAX_ROWS or size + len(text) > MAX_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += len(text) + 1
    return ["[" + ",".join(part) + "]" for part in parts]


def is_problem(answer):
    return isinstance(answer, dict) and "status" in answer and "detail" in answer


def explain(problem):
    return " ".join(one["detail"] for one in (problem.get("errors") or [problem])[:5])


def received(server, status, text, count):
    """The answers to rows, or what came instead."""
    try:
        answer = json.loads(text)
    except ValueError as error:
        if text.lstrip().startswith("<"):
            raise Refused(f"{server} answered with a web page (status {status}), not with results. It may ask for a login, or the address is not that of Hourglass.") from error
        raise Refused(f"{server} answered with status {status} and no results. Check the address.") from error
    if status == 200 and isinstance(answer, list) and len(answer) == count and all(isinstance(one, dict) for one in answer):
        return answer
    if is_problem(answer):
        raise Refused(explain(answer))
    raise Refused(f"{server} answered (status {status}), but not as Hourglass does. Check the address.")


def dig(answer, path):
    """A result by its path: series.margin is in a group, stages.count in each record of a list."""
    value = answer
    for name in path.split("."):
        if isinstance(value, list):
            value = [one[name] for one in value]
        elif value is not None:
            value = value[name]
    return value


def shown(value, name):
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return value
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        raise Refused(f"{name} has several results. Ask for one: {', '.join(name + '.' + member for member in first)}.")
    raise Refused(f"{name} is a list. Ask for it with one row at a time.")


def spill(values, names):
    """A row of results; lists among them go down."""
    lists = [isinstance(value, list) and not (value and isinstance(value[0], dict)) for value in values]
    height = max([1] + [len(value) for value, long in zip(values, lists) if long])

    def cell(value, long, i, name):
        if long:
            return shown(value[i], name) if i < len(value) else ""
        return shown(value, name) if i == 0 else ""

    return tuple(tuple(cell(value, long, i, name) for value, long, name in zip(values, lists, names)) for i in range(height))


class Cells:
    """What the functions do. settings gives server and key; answers are kept as long as LibreOffice runs."""

    def __init__(self, calculations, settings):
        self.calculations, self.settings, self.kept = calculations, settings, {}

    def calculate(self, calculation, result, values):
        return self.answered(calculation, result, lambda known: lay_out(known, values))

    def table(self, calculation, result, headings, rows):
        titles = [cell for line in (headings if isinstance(headings, tuple) else ((headings,),)) for cell in line]
        return self.answered(calculation, result, lambda known: from_table(known, titles, rows if isinstance(rows, tuple) else ((rows,),)))

    def answered(self, calculation, result, laid):
        """The cells of a call, or what is wrong with it in the only one."""
        try:
            one = str(unwrapped(calculation) or "").strip().lower()
            if one not in self.calculations:
                raise Refused(f"There is no calculation {one}. There are: {', '.join(self.calculations)}.")
            known = self.calculations[one]
            names = result_names(known, result)
            sheet = laid(known)
            return self.lay_back(known, self.answers(one, names, sheet.rows), names, sheet)
        except Refused as refusal:
            return ((str(refusal),),)

    def answers(self, calculation, names, rows):
        asked = [row for row in rows if row is not None]
        server, key = (text.strip() for text in self.settings())
        server = server.rstrip("/")
        if not re.match(r"https?://[^/\s]+", server) or "YOUR-SERVER" in server:
            raise Refused("The extension does not know where Hourglass runs. Tools, Options, LibreOffice, Advanced, Open Expert Configuration: org.hourglass.Sheets, Server.")
        url = server + "/v1/" + calculation + "?field=" + ",".join(urllib.request.quote(name, safe="") for name in names)
        got = iter([answer for body in bodies(asked) for answer in self.posted(server, key, url, body)] if asked else [])
        return [None if row is None else next(got) for row in rows]

    def posted(self, server, key, url, body):
        if (url, key, body) not in self.kept:
            headers = {"Content-Type": "application/json"}
            if key:
                headers["Authorization"] = "Bearer " + key
            try:
                with urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers), timeout=SECONDS) as response:
                    status, text = response.status, response.read().decode("utf-8", "replace")
            except urllib.error.HTTPError as error:
                status, text = error.code, error.read().decode("utf-8", "replace")
            except (OSError, ValueError) as error:
                raise Refused(f"{server} cannot be reached: {error}.") from error
            self.kept[url, key, body] = received(server, status, text, len(json.loads(body)))
        return self.kept[url, key, body]

    def lay_back(self, known, answers, names, sheet):
        """Lays answers back as cells: a row each, or a column each where the inputs lie across."""
        if len(answers) == 1 and answers[0] is not None and not is_problem(answers[0]):
            return spill(self.results(known, answers, names, sheet, 0), names)
        lines = []
        for i, answer in enumerate(answers):
            if answer is None:
                lines.append(["" for _ in names])
            elif is_problem(answer):
                lines.append([self.wrong(answer, sheet.rows[i], sheet)] + ["" for _ in names[1:]])
            else:
                lines.append([shown(value, name) for value, name in zip(self.results(known, answers, names, sheet, i), names)])
        return tuple(zip(*lines)) if sheet.across else tuple(tuple(line) for line in lines)

    @staticmethod
    def wrong(problem, row, sheet):
        """What is wrong with a row, with a hint at numbers that are text for this sheet."""
        texts = [name for name, cell in row.items() if isinstance(cell, str) and re.fullmatch(r"\s*[-+]?\d+([.,]\d+)?\s*%?\s*", cell)]
        hints = [f"{json.dumps(row[name])} in {name} is text for this sheet, not a number: format the cell as a number, and type it again." for name in texts]
        return " ".join([explain(problem)] + hints + sheet.remarks)

    @staticmethod
    def results(known, answers, names, sheet, i):
        answer, row = answers[i], sheet.rows[i]

        def absent(path):
            word, _, needs = known["absent"].get(path, "none").partition("|")
            missing = [needs] if needs and needs not in row else [one["field"] for one in answer["warnings"] if word == "none" and one["code"] == "not_given"]
            return f"none ({missing[0]} is left out)" if missing else word

        def result(path):
            if path == "warnings":
                blanks = [f"{', '.join(sheet.blanks[i])} blank here, though other rows have it: taken as left out."] if sheet.blanks[i] else []
                return " ".join([warning["message"] for warning in answer["warnings"]] + blanks + sheet.remarks)
            value = dig(answer, path)
            if isinstance(value, list):
                return [absent(path) if one is None else one for one in value]
            return absent(path) if value is None else value

        return [result(name) for name in names]
