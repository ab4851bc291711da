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

async function hourglassPost(path, body) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(new URL(path, hourglassServer), { method: "POST", headers, body }).catch(() => {
    throw new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, "The server " + hourglassServer.host + " cannot be reached.");
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw hourglassInvalid(hourglass.refusal(response.status, text));
}

const hourglassInvalid = (text) => new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, text);

async function hourglassCells(id, names, layOut) {
  try {
    const { rows, across } = layOut();
    const cells = hourglass.layBack(await hourglassAnswers(id, names, rows), names, across, hourglassInvalid);
    if (rows.length === 1 && cells[0][0] instanceof CustomFunctions.Error) throw cells[0][0];
    return cells;
  } catch (error) {
    throw error instanceof CustomFunctions.Error ? error : hourglassInvalid(error.message);
  }
}

/** Excel gives an object about the call as a further argument. */
function hourglassCalculate(id, given) {
  const calculation = hourglassCalculations[id];
  const values = given.slice(1, 1 + Object.keys(calculation.inputs).length);
  return hourglassCells(id, hourglass.resultNames(calculation, given[0]), () => hourglass.layOut(calculation, values));
}

function hourglassTable(calculation, result, headings, rows) {
  const known = hourglassCalculations[calculation];
  if (!known) throw hourglassInvalid("There is no calculation " + calculation + ". There are: " + Object.keys(hourglassCalculations).join(", ") + ".");
  return hourglassCells(calculation, hourglass.resultNames(known, result), () => ({ rows: hourglass.tabulate(headings.flat(), rows) }));
}

Office.onReady(() => {
  CustomFunctions.associate("TABLE", hourglassTable);
  for (const id of Object.keys(hourglassCalculations)) {
    CustomFunctions.associate(hourglassCalculations[id].name, (...given) => hourglassCalculate(id, given));
  }
});
