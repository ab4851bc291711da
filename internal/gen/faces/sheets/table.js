// How the arguments of a call become rows of input, and the answers cells. An input is one cell for all rows, or a
// column (or a row) of cells with one for each row. A list is a column or a row by itself, and a table where each row
// has its own; records are a table with its headings, or JSON.

const maxRows = 10000;
const maxBytes = 1000000;

const isBlank = (cell) => cell === "" || cell === null || cell === undefined || (Array.isArray(cell) && cell.length === 0);

/** The only cell of a range of one cell; anything else as it is. */
const unwrapped = (value) => (Array.isArray(value) && value.length === 1 && value[0].length === 1 ? value[0][0] : value);

/** The results that are asked for: names separated by commas, or a range of them. */
function resultNames(calculation, wanted) {
  const names = [wanted].flat(2).join(",").split(",").map((name) => name.trim()).filter((name) => name !== "");
  return names.length ? names : [calculation.result];
}

/** Of a whole column, or more rows than a request takes, what follows the last that is filled is left out. */
function withoutEnd(rows) {
  let count = rows.length;
  if (count > maxRows) while (count > 1 && rows[count - 1] === null) count--;
  return rows.slice(0, count);
}

/** A heading as it is compared: case, and what stands between words, do not count. */
const plain = (heading) => String(heading).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");

/** Rows of named values from a table; null for a row that is blank. names turns a heading into a name, "" for a column that is passed over. */
function tabulate(headings, body, names = (heading) => String(heading).trim()) {
  const columns = headings.map((heading) => (isBlank(heading) ? "" : names(heading)));
  return body.map((cells) => {
    const given = columns.map((name, i) => [name, cells[i]]).filter((pair) => pair[0] !== "" && !isBlank(pair[1]));
    return given.length ? Object.fromEntries(given) : null;
  });
}

/** The rows of a table whose headings are names or titles of inputs, and what is to be said of it: of columns that are none, and of blanks among filled cells. */
function fromTable(calculation, headings, body) {
  const known = new Map();
  for (const name of Object.keys(calculation.inputs)) known.set(plain(calculation.inputs[name].title), name);
  for (const name of Object.keys(calculation.inputs)) known.set(plain(name), name);
  const strange = headings.filter((heading) => !isBlank(heading) && !known.has(plain(heading))).map(String);
  if (strange.length === headings.filter((heading) => !isBlank(heading)).length) {
    throw new Error("No heading is an input: " + (strange.join(", ") || "they are blank") + ". There are: " + Object.keys(calculation.inputs).join(", ") + ".");
  }
  const rows = withoutEnd(tabulate(headings, body, (heading) => known.get(plain(heading)) || ""));
  const remarks = strange.length ? ["Columns passed over, which are no inputs: " + strange.join(", ") + "."] : [];
  return { rows, remarks, ...gaps(rows, headings.map((heading) => known.get(plain(heading))).filter(Boolean)) };
}

/** For each row what is blank there, though other rows have it. */
function gaps(rows, names) {
  const filled = names.filter((name) => rows.some((row) => row && name in row));
  return { blanks: rows.map((row) => (row ? filled.filter((name) => !(name in row)) : [])) };
}

/** Records: of a list whose rows have names, the headings may be titles too. */
function records(name, value, headings) {
  const known = new Map(Object.entries(headings || {}).flatMap(([column, title]) => [[plain(title), column], [plain(column), column]]));
  const names = (heading) => known.get(plain(heading)) || String(heading).trim();
  if (Array.isArray(value)) return tabulate(value[0], value.slice(1), names).filter((row) => row !== null);
  if (isBlank(value)) return null;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Error(name + " must be a table with headings, or JSON: " + error.message + ".");
  }
}

/** One input: the cells that it has for the rows, or one cell for all. */
function column(name, { kind, headings }, range) {
  const value = unwrapped(range);
  if (kind === "records") return { name, cells: [records(name, value, headings)] };
  if (!Array.isArray(value)) return { name, cells: [kind === "list" && !isBlank(value) ? [value] : value] };
  const tall = value.length > 1;
  const wide = value[0].length > 1;
  const filled = (cells) => cells.filter((cell) => !isBlank(cell));
  if (kind === "list") return tall && wide ? { name, cells: value.map(filled), ranged: true } : { name, cells: [filled(value.flat())] };
  if (tall && wide) throw new Error(name + " must be one column or one row of cells.");
  return { name, cells: value.flat(), ranged: true, across: wide };
}

/** Lays the arguments of a call out as rows of input; null for a row whose cells are all blank. */
function layOut(calculation, values) {
  const names = Object.keys(calculation.inputs);
  const columns = names.map((name, i) => column(name, calculation.inputs[name], values[i]));
  const ranged = columns.filter((one) => one.ranged);
  const count = ranged.length ? ranged[0].cells.length : 1;
  const other = ranged.find((one) => one.cells.length !== count);
  if (other) throw new Error(ranged[0].name + " has " + count + " cells, but " + other.name + " has " + other.cells.length + ". Give ranges of one length.");
  const rows = withoutEnd(Array.from({ length: count }, (_, i) => {
    if (ranged.length && ranged.every((one) => isBlank(one.cells[i]))) return null;
    const given = columns.map((one) => [one.name, one.cells[one.ranged ? i : 0]]).filter((pair) => !isBlank(pair[1]));
    return Object.fromEntries(given);
  }));
  return { rows, across: ranged.length > 0 && ranged.every((one) => one.across), ...gaps(rows, ranged.map((one) => one.name)) };
}

/** Cuts rows into bodies of requests; what is not ASCII is escaped, so that a character is a byte. */
function bodies(rows) {
  const parts = [[]];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row).replace(/[\u0080-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
    if (parts[parts.length - 1].length === maxRows || size + text.length > maxBytes) {
      parts.push([]);
      size = 0;
    }
    parts[parts.length - 1].push(text);
    size += text.length + 1;
  }
  return parts.map((part) => "[" + part.join(",") + "]");
}

/** What a problem says, for a cell. */
function explain(problem) {
  return (problem.errors || [problem]).slice(0, 5).map((one) => one.detail).join(" ");
}

/** The answers to rows, or an error that says what came instead. */
function received(server, status, text, count) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    if (/^\s*</.test(text)) throw new Error(server + " answered with a web page (status " + status + "), not with results. It may ask for a login, or the address is not that of Hourglass.");
    throw new Error(server + " answered with status " + status + " and no results. Check the address.");
  }
  if (status === 200 && Array.isArray(answer) && answer.length === count && answer.every((one) => one !== null && typeof one === "object")) return answer;
  if (isProblem(answer)) throw new Error(explain(answer));
  throw new Error(server + " answered (status " + status + "), but not as Hourglass does. Check the address.");
}

const isProblem = (answer) => answer !== null && typeof answer === "object" && "status" in answer && "detail" in answer;

/** A result by its path: series.margin is in a group, stages.count in each record of a list. */
function dig(answer, path) {
  return path.split(".").reduce((value, name) => {
    if (Array.isArray(value)) return value.map((one) => one[name]);
    return value === null || value === undefined ? value : value[name];
  }, answer);
}

/** What a result that does not exist is called, for a row: nothing would count as 0. */
function absent(calculation, path, row, warnings) {
  const [word, needs] = (calculation.absent[path] || "none").split("|");
  const missing = needs && !(needs in row) ? needs : word === "none" && warnings.filter((one) => one.code === "not_given").map((one) => one.field)[0];
  return missing ? "none (" + missing + " is left out)" : word;
}

/** A result of a row: its value, why there is none, or what is to be said of the row. */
function resultOf(calculation, path, answer, row, i, sheet) {
  if (path === "warnings") {
    const blanks = sheet.blanks?.[i].length ? [sheet.blanks[i].join(", ") + " blank here, though other rows have it: taken as left out."] : [];
    return [...answer.warnings.map((warning) => warning.message), ...blanks, ...(sheet.remarks || [])].join(" ");
  }
  const value = dig(answer, path);
  if (value === undefined) throw new Error("There is no result " + path + ".");
  const word = (one) => (one === null ? absent(calculation, path, row, answer.warnings) : one);
  return Array.isArray(value) ? value.map(word) : word(value);
}

/** What is wrong with a row, with a hint at numbers that are text for this sheet, and at columns passed over. */
function wrongWith(problem, row, sheet) {
  const texts = Object.keys(row).filter((name) => typeof row[name] === "string" && /^\s*[-+]?\d+([.,]\d+)?\s*%?\s*$/.test(row[name]));
  const why = (text) => (text.includes(",") ? "this sheet writes decimals with a point" : "format the cell as a number, and type it again");
  const hints = texts.map((name) => JSON.stringify(row[name]) + " in " + name + " is text: " + why(row[name]) + ".");
  return [explain(problem), ...hints, ...(sheet.remarks || [])].join(" ");
}

function shown(value, name) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return value;
  const first = Array.isArray(value) ? value[0] : value;
  if (first === null || typeof first !== "object") throw new Error(name + " is a list. Ask for it with one row at a time.");
  throw new Error(name + " has several results. Ask for one: " + Object.keys(first).map((member) => name + "." + member).join(", ") + ".");
}

/** A row of results; lists among them go down. */
function spill(values, names) {
  const isList = (value) => Array.isArray(value) && (value.length === 0 || typeof value[0] !== "object");
  const height = Math.max(1, ...values.map((value) => (isList(value) ? value.length : 1)));
  return Array.from({ length: height }, (_, i) =>
    values.map((value, j) => shown(isList(value) ? value[i] : i === 0 ? value : "", names[j])));
}

/** Lays answers to the rows of a sheet back as cells: a row each, or a column each where the inputs lie across. refused makes a problem's cell. */
function layBack(calculation, answers, names, sheet, refused) {
  const { rows, across } = sheet;
  const results = (answer, i) => names.map((name) => resultOf(calculation, name, answer, rows[i], i, sheet));
  const only = answers.length === 1 ? answers[0] : null;
  if (only !== null && !isProblem(only)) return spill(results(only, 0), names);
  const cells = answers.map((answer, i) => {
    if (answer === null) return names.map(() => "");
    if (isProblem(answer)) return names.map((_, j) => (j === 0 ? refused(wrongWith(answer, rows[i], sheet)) : ""));
    return results(answer, i).map((value, j) => shown(value, names[j]));
  });
  return across ? names.map((_, j) => cells.map((line) => line[j])) : cells;
}
