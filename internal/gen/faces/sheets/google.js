/** Where Hourglass runs. The script property HOURGLASS_SERVER goes before it. */
const HOURGLASS_SERVER = "https://YOUR-SERVER";

/** Seconds that an answer is kept: it changes with the engine's version only. The script property HOURGLASS_CACHE, in seconds, goes before it; 0 keeps nothing. */
const HOURGLASS_CACHE_SECONDS = 21600;

// «table»

function hourglassCalculate_(id, given) {
  const calculation = hourglassCalculations_[id];
  return hourglassCells_(id, hourglass_.resultNames(calculation, given[0]), hourglass_.layOut(calculation, given.slice(1)));
}

/** One row that is refused is an error of the cell; one of many says so in its place. */
function hourglassCells_(id, names, sheet) {
  const refused = (text) => {
    if (sheet.rows.length === 1) throw new Error(text);
    return "Error: " + text;
  };
  return hourglass_.layBack(hourglassCalculations_[id], hourglassAnswers_(id, names, sheet.rows), names, sheet, refused);
}

/** What the script properties say. */
function hourglassSettings_() {
  const property = (name) => (PropertiesService.getScriptProperties().getProperty(name) || "").trim();
  const server = (property("HOURGLASS_SERVER") || HOURGLASS_SERVER).replace(/\/+$/, "");
  const seconds = property("HOURGLASS_CACHE");
  return { server, key: property("HOURGLASS_KEY"), seconds: seconds === "" ? HOURGLASS_CACHE_SECONDS : Number(seconds) || 0 };
}

/** An answer for each row, null for a row that is null. */
function hourglassAnswers_(id, names, rows) {
  const asked = rows.filter((row) => row !== null);
  if (asked.length === 0) return rows;
  const settings = hourglassSettings_();
  if (!/^https?:\/\/[^/\s]+/.test(settings.server) || settings.server.includes("YOUR-SERVER")) {
    throw new Error("The script does not know where Hourglass runs. In Apps Script: Project Settings, Script properties, HOURGLASS_SERVER, with an address such as https://clv.example.com.");
  }
  const answers = hourglassFetch_(settings, "/v1/" + id + "?field=" + names.map(encodeURIComponent).join(","), asked);
  let next = 0;
  return rows.map((row) => (row === null ? null : answers[next++]));
}

/** Posts what the cache does not have, all at once. */
function hourglassFetch_(settings, path, rows) {
  const bodies = hourglass_.bodies(rows);
  const url = settings.server + path;
  const cache = settings.seconds > 0 ? CacheService.getScriptCache() : null;
  const keys = bodies.map((body) => hourglassDigest_(url + "\n" + settings.key + "\n" + body));
  const known = cache ? cache.getAll(keys) : {};
  const missing = bodies.map((_, i) => i).filter((i) => !known[keys[i]]);
  const headers = settings.key ? { Authorization: "Bearer " + settings.key } : {};
  const requests = missing.map((i) => ({ url, method: "post", contentType: "application/json", headers, payload: bodies[i], muteHttpExceptions: true }));
  let responses = [];
  try {
    if (requests.length) responses = UrlFetchApp.fetchAll(requests);
  } catch (error) {
    throw new Error(settings.server + " cannot be reached from Google: " + error.message + " Its address must be on the internet, and stand in urlFetchWhitelist of appsscript.json where there is one.");
  }
  const fresh = {};
  responses.forEach((response, k) => (fresh[keys[missing[k]]] = [response.getResponseCode(), response.getContentText()]));
  return bodies.flatMap((body, i) => {
    const key = keys[i];
    const [status, text] = fresh[key] || [200, known[key]];
    const answers = hourglass_.received(settings.server, status, text, JSON.parse(body).length);
    if (cache && fresh[key] && text.length < 100000) cache.put(key, text, Math.min(settings.seconds, 21600)); // the most that a cache's entry may hold, and for how long
    return answers;
  });
}

function hourglassDigest_(text) {
  return Utilities.base64Encode(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text));
}

function hourglassKnown_(calculation) {
  const id = String(calculation).trim().toLowerCase();
  if (hourglassCalculations_[id]) return id;
  throw new Error("There is no calculation " + calculation + ". There are: " + Object.keys(hourglassCalculations_).join(", ") + ".");
}

/**
 * A calculation for each row of a table whose headings are the names of its inputs.
 *
 * @param {string} calculation Its id: subscription, annual-plan, ...
 * @param {string} result Which result, the first where this is blank; several separated by commas.
 * @param {Array<Array<string>>} headings The row of headings: price, churn_rate, ... Other columns are passed over; warnings names them.
 * @param {Array<Array<number>>} rows The rows below.
 * @return {Array<Array<number>>} A row for each, a column for each result.
 * @customfunction
 */
function HOURGLASS_TABLE(calculation, result, headings, rows) {
  const id = hourglassKnown_(calculation);
  const known = hourglassCalculations_[id];
  const body = Array.isArray(rows) ? rows : [[rows]];
  return hourglassCells_(id, hourglass_.resultNames(known, result), hourglass_.fromTable(known, [headings].flat(2), body));
}

/**
 * What qualifies the results of a calculation, in sentences; blank where nothing does.
 *
 * @param {string} calculation Its id: subscription, annual-plan, ...
 * @param {any} inputs Its inputs, in the order of its own function.
 * @return {string|Array<Array<string>>} The sentences; for a column of inputs, a row for each.
 * @customfunction
 */
function HOURGLASS_WARNINGS(calculation, ...inputs) {
  return hourglassCalculate_(hourglassKnown_(calculation), ["warnings", ...inputs]);
}

// «menu»

/** Google calls this when the sheet is opened. */
function onOpen() {
  const locale = Session.getActiveUserLocale() || "en";
  const label = hourglassMenu_[locale] || hourglassMenu_[Object.keys(hourglassMenu_).find((one) => one.slice(0, 2) === locale.slice(0, 2))] || hourglassMenu_.en;
  SpreadsheetApp.getUi().createMenu("Hourglass").addItem(label, "hourglassSidebar").addToUi();
}

/** Shows the sidebar: choose a calculation, click cells, insert the formula. Its script and words come from the server. */
function hourglassSidebar() {
  const template = HtmlService.createTemplateFromFile("hourglass");
  template.server = hourglassSettings_().server;
  template.language = Session.getActiveUserLocale() || "en";
  SpreadsheetApp.getUi().showSidebar(template.evaluate().setTitle("Hourglass"));
}

/** The address of what is selected, for the sidebar. */
function hourglassSelection() {
  const range = SpreadsheetApp.getActiveRange();
  const name = range.getSheet().getName();
  return (/^[A-Za-z_]\w*$/.test(name) ? name : "'" + name.replace(/'/g, "''") + "'") + "!" + range.getA1Notation();
}

/** Puts a formula in a cell, for the sidebar. */
function hourglassInsert(cell, formula) {
  SpreadsheetApp.getActiveSpreadsheet().getRange(cell).getCell(1, 1).setFormula(formula);
}
