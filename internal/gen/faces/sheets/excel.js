// «table»

/** The API is on the server that this file came from. */
const hourglassServer = new URL("../../", document.currentScript.src);

/** How long calls are gathered, in milliseconds, before they go as one request. */
const hourglassPause = 20;

/** What waits to be asked, by calculation and results. */
const hourglassWaiting = new Map();

/** An answer for each row, null for a row that is null. Rows of all calls within the pause travel together. */
function hourglassAnswers(id, names, rows) {
  const path = "v1/" + id + "?field=" + names.map(encodeURIComponent).join(",");
  return Promise.all(rows.map((row) => row && new Promise((resolve, reject) => {
    if (!hourglassWaiting.has(path)) {
      hourglassWaiting.set(path, []);
      setTimeout(() => hourglassSend(path), hourglassPause);
    }
    hourglassWaiting.get(path).push({ row, resolve, reject });
  })));
}

async function hourglassSend(path) {
  const calls = hourglassWaiting.get(path);
  hourglassWaiting.delete(path);
  try {
    const parts = await Promise.all(hourglass.bodies(calls.map((call) => call.row)).map((body) => hourglassPost(path, body)));
    parts.flat().forEach((answer, i) => calls[i].resolve(answer));
  } catch (error) {
    calls.forEach((call) => call.reject(error));
  }
}

/** The key of a private server, as the pane keeps it for this workbook's host. */
const hourglassKeyName = (globalThis.Office?.context?.partitionKey || "") + "hourglass-key";

function hourglassHeaders() {
  let key = null;
  try {
    key = localStorage.getItem(hourglassKeyName);
  } catch {
    // No storage here: a server that is open to all needs no key.
  }
  return { "Content-Type": "application/json", ...(key ? { Authorization: "Bearer " + key } : {}) };
}

async function hourglassPost(path, body) {
  const response = await fetch(new URL(path, hourglassServer), { method: "POST", headers: hourglassHeaders(), body }).catch(() => {
    throw new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, "The server " + hourglassServer.host + " cannot be reached.");
  });
  const text = await response.text();
  return hourglass.received(hourglassServer.host, response.status, text, JSON.parse(body).length);
}

const hourglassInvalid = (text) => new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, text);

async function hourglassCells(id, names, layOut) {
  try {
    const sheet = await layOut();
    const cells = hourglass.layBack(hourglassCalculations[id], await hourglassAnswers(id, names, sheet.rows), names, sheet, hourglassInvalid);
    if (sheet.rows.length === 1 && cells[0][0] instanceof CustomFunctions.Error) throw cells[0][0];
    return cells;
  } catch (error) {
    throw error instanceof CustomFunctions.Error ? error : hourglassInvalid(error.message);
  }
}

/** Whether this Excel gives a blank cell as null. Some on the desktop give 0 (office-js 4702, 5262); one null shows that this one does not. */
let hourglassHonest = false;

/**
 * The arguments of a call, with blank cells blank: where Excel may have given 0 for them, the sheet is asked which of the zeros are none. addresses are those of
 * the arguments that are ranges.
 */
async function hourglassBlanked(values, addresses) {
  const has = (value, cell) => value === cell || (Array.isArray(value) && value.some((line) => line.includes(cell)));
  if (values.some((value, i) => addresses?.[i] && has(value, null))) hourglassHonest = true;
  const doubtful = values.map((_, i) => i).filter((i) => addresses?.[i] && has(values[i], 0));
  if (hourglassHonest || doubtful.length === 0 || !globalThis.Excel) return values;
  const types = await Excel.run(async (context) => {
    const ranges = doubtful.map((i) => {
      const at = addresses[i].lastIndexOf("!");
      const sheet = addresses[i].slice(0, at).replace(/^'(.*)'$/, "$1").replaceAll("''", "'");
      return context.workbook.worksheets.getItem(sheet).getRange(addresses[i].slice(at + 1)).load("valueTypes");
    });
    await context.sync();
    return ranges.map((range) => range.valueTypes);
  });
  return values.map((value, i) => {
    const k = doubtful.indexOf(i);
    const blank = (cell, r, c) => (cell === 0 && types[k][r]?.[c] === "Empty" ? null : cell);
    if (k < 0) return value;
    return Array.isArray(value) ? value.map((line, r) => line.map((cell, c) => blank(cell, r, c))) : blank(value, 0, 0);
  });
}

/** Excel gives an object about the call as a further argument. */
function hourglassCalculate(id, given) {
  const calculation = hourglassCalculations[id];
  const count = Object.keys(calculation.inputs).length;
  return hourglassCells(id, hourglass.resultNames(calculation, given[0]), async () => {
    const values = await hourglassBlanked(given.slice(1, 1 + count), given[1 + count]?.parameterAddresses?.slice(1));
    return hourglass.layOut(calculation, values);
  });
}

function hourglassKnown(calculation) {
  const id = String([calculation].flat(2)[0] ?? "").trim().toLowerCase();
  if (hourglassCalculations[id]) return id;
  throw hourglassInvalid("There is no calculation " + calculation + ". There are: " + Object.keys(hourglassCalculations).join(", ") + ".");
}

function hourglassTable(calculation, result, headings, rows, invocation) {
  const id = hourglassKnown(calculation);
  const known = hourglassCalculations[id];
  return hourglassCells(id, hourglass.resultNames(known, result), async () => {
    const [body] = await hourglassBlanked([rows], invocation?.parameterAddresses?.slice(3));
    return hourglass.fromTable(known, headings.flat(), body);
  });
}

/** Arguments that may be any number come as one list. */
function hourglassWarnings(calculation, inputs) {
  const id = hourglassKnown(calculation);
  return hourglassCells(id, ["warnings"], () => hourglass.layOut(hourglassCalculations[id], inputs));
}

Office.onReady(() => {
  CustomFunctions.associate("TABLE", hourglassTable);
  CustomFunctions.associate("WARNINGS", hourglassWarnings);
  for (const id of Object.keys(hourglassCalculations)) {
    CustomFunctions.associate(hourglassCalculations[id].name, (...given) => hourglassCalculate(id, given));
  }
});
