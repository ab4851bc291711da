/** Where the API is. The script property HOURGLASS_SERVER goes before it. */
const HOURGLASS_SERVER = "https://YOUR-SERVER";

/** Seconds that an answer is kept: it changes with the engine's version only. */
const HOURGLASS_CACHE_SECONDS = 21600;

// «table»

function hourglassCalculate_(id, given) {
  const calculation = hourglassCalculations_[id];
  const names = hourglass_.resultNames(calculation, given[0]);
  const { rows, across } = hourglass_.layOut(calculation, given.slice(1));
  return hourglassCells_(id, names, rows, across);
}

/** One row that is refused is an error of the cell; one of many says so in its place. */
function hourglassCells_(id, names, rows, across) {
  const refused = (text) => {
    if (rows.length === 1) throw new Error(text);
    return "Error: " + text;
  };
  return hourglass_.layBack(hourglassAnswers_(id, names, rows), names, across, refused);
}

/** An answer for each row, null for a row that is null. */
function hourglassAnswers_(id, names, rows) {
  const asked = rows.filter((row) => row !== null);
  if (asked.length === 0) return rows;
  const server = PropertiesService.getScriptProperties().getProperty("HOURGLASS_SERVER") || HOURGLASS_SERVER;
  const url = server.replace(/\/+$/, "") + "/v1/" + id + "?field=" + names.map(encodeURIComponent).join(",");
  const answers = hourglassFetch_(url, hourglass_.bodies(asked)).flatMap((text) => JSON.parse(text));
  let next = 0;
  return rows.map((row) => (row === null ? null : answers[next++]));
}

/** Posts what the cache does not have, all at once. */
function hourglassFetch_(url, bodies) {
  const cache = CacheService.getScriptCache();
  const keys = bodies.map((body) => hourglassDigest_(url + "\n" + body));
  const known = cache.getAll(keys);
  const missing = bodies.map((_, i) => i).filter((i) => !known[keys[i]]);
  const requests = missing.map((i) => ({
    url, method: "post", contentType: "application/json", payload: bodies[i], muteHttpExceptions: true,
  }));
  (requests.length ? UrlFetchApp.fetchAll(requests) : []).forEach((response, k) => {
    const key = keys[missing[k]];
    const text = response.getContentText();
    if (response.getResponseCode() !== 200) throw new Error(hourglass_.refusal(response.getResponseCode(), text));
    known[key] = text;
    if (text.length < 100000) cache.put(key, text, HOURGLASS_CACHE_SECONDS); // the most that a cache's entry may hold
  });
  return keys.map((key) => known[key]);
}

function hourglassDigest_(text) {
  return Utilities.base64Encode(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text));
}

/**
 * A calculation for each row of a table whose headings are the names of its inputs.
 *
 * @param {string} calculation Its id: subscription, annual-plan, ...
 * @param {string} result Which result, the first where this is blank; several separated by commas.
 * @param {Array<Array<string>>} headings The row of headings: price, churn_rate, ...
 * @param {Array<Array<number>>} rows The rows below.
 * @return {Array<Array<number>>} A row for each, a column for each result.
 * @customfunction
 */
function HOURGLASS_TABLE(calculation, result, headings, rows) {
  const known = hourglassCalculations_[calculation];
  if (!known) throw new Error("There is no calculation " + calculation + ". There are: " + Object.keys(hourglassCalculations_).join(", ") + ".");
  const names = [headings].flat(2);
  const body = Array.isArray(rows) ? rows : [[rows]];
  return hourglassCells_(calculation, hourglass_.resultNames(known, result), hourglass_.tabulate(names, body), false);
}
