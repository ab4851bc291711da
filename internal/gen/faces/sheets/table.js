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

/** Rows of named values from a table; null for a row that is blank. */
function tabulate(headings, body) {
  return body.map((cells) => {
    const given = headings.map((name, i) => [String(name).trim(), cells[i]]).filter((pair) => pair[0] !== "" && !isBlank(pair[1]));
    return given.length ? Object.fromEntries(given) : null;
  });
}

function records(name, value) {
  if (Array.isArray(value)) return tabulate(value[0], value.slice(1)).filter((row) => row !== null);
  if (isBlank(value)) return null;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Error(name + " must be a table with headings, or JSON: " + error.message + ".");
  }
}

/** One input: the cells that it has for the rows, or one cell for all. */
function column(name, kind, range) {
  const value = unwrapped(range);
  if (kind === "records") return { name, cells: [records(name, value)] };
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
  const rows = Array.from({ length: count }, (_, i) => {
    if (ranged.length && ranged.every((one) => isBlank(one.cells[i]))) return null;
    const given = columns.map((one) => [one.name, one.cells[one.ranged ? i : 0]]).filter((pair) => !isBlank(pair[1]));
    return Object.fromEntries(given);
  });
  return { rows, across: ranged.length > 0 && ranged.every((one) => one.across) };
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

/** What a refused request says. */
function refusal(status, text) {
  try {
    return explain(JSON.parse(text));
  } catch (error) {
    return "The server answered with status " + status + ".";
  }
}

const isProblem = (answer) => answer !== null && "status" in answer && "detail" in answer;

/** A result by its path: series.margin is in a group, stages.count in each record of a list, warnings their sentences. */
function dig(answer, path) {
  if (path === "warnings") return answer.warnings.map((warning) => warning.message).join(" ");
  return path.split(".").reduce((value, name) => {
    if (Array.isArray(value)) return value.map((one) => one[name]);
    return value === null ? null : value[name];
  }, answer);
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

/** Lays answers back as cells: a row each, or a column each where the inputs lie across. refused makes a problem's cell. */
function layBack(answers, names, across, refused) {
  const only = answers.length === 1 ? answers[0] : null;
  if (only !== null && !isProblem(only)) return spill(names.map((name) => dig(only, name)), names);
  const cells = answers.map((answer) => {
    if (answer === null) return names.map(() => "");
    if (isProblem(answer)) return names.map((_, i) => (i === 0 ? refused(explain(answer)) : ""));
    return names.map((name) => shown(dig(answer, name), name));
  });
  return across ? names.map((_, j) => cells.map((line) => line[j])) : cells;
}
