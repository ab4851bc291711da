/**
 * Holds pages of the site at BASE_URL against Lighthouse, as a phone and as a desktop. Accessibility, best practices and
 * search engines have to be 100, which does not depend on how busy the machine is. Performance has to be 98 at least, and does: each line says the
 * machine's load. The best of RUNS counts, each with a network and a processor slowed down as Lighthouse simulates a phone's.
 *
 *   BASE_URL=http://127.0.0.1:8080/ CHROME_PATH=/usr/bin/chromium node site/lighthouse/run.mjs "" customers/
 */
import { loadavg } from "node:os";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const base = new URL(process.env.BASE_URL ?? "http://127.0.0.1:8080/").href;
/** The least score of each category. @type {Record<string, number>} */
const LEAST = { performance: 0.98, accessibility: 1, "best-practices": 1, seo: 1 };
const RUNS = Number(process.env.RUNS ?? 3);

let failed = false;
for (const path of process.argv.slice(2)) {
  for (const [screen, config] of /** @type {const} */ ([["phone", undefined], ["desktop", desktopConfig]])) {
    const { categories, audits } = await best(base + path, config);
    const scores = Object.values(categories).map(({ id, score }) => `${id} ${Math.round(100 * (score ?? 0))}`);
    console.log(`/${path} on a ${screen}: ${scores.join(", ")} (load ${loadavg()[0].toFixed(1)})`);
    const low = Object.keys(LEAST).filter((id) => !((categories[id].score ?? 0) >= LEAST[id]) && !exempt(path, id));
    const wrong = low.flatMap((id) => categories[id].auditRefs).map(({ id, weight }) => ({ ...audits[id], weight }))
      .filter(({ score, weight }) => weight > 0 && score !== null && score < 1);
    for (const { title, displayValue, details } of wrong) console.log(`  ${title}: ${displayValue ?? ""}\n    ${JSON.stringify(details ?? {}).slice(0, 1000)}`);
    failed ||= low.length > 0;
  }
}
process.exitCode = failed ? 1 : 0;

/** Search engines are told not to list the widget's own page: the host's is the one to find. @param {string} path @param {string} id */
function exempt(path, id) {
  return id === "seo" && path.startsWith("widget");
}

/** The run with the best performance; no more runs than it takes to reach what is asked. @param {string} url @param {object | undefined} config */
async function best(url, config) {
  let found = await measured(url, config);
  const score = (/** @type {typeof found} */ { categories }) => categories.performance.score ?? 0;
  for (let run = 1; run < RUNS && score(found) < LEAST.performance; run++) {
    const other = await measured(url, config);
    if (score(other) > score(found)) found = other;
  }
  return found;
}

/** What Lighthouse finds on a page, in a browser of its own. @param {string} url @param {object | undefined} config the phone's where left out */
async function measured(url, config) {
  const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
  try {
    const result = await lighthouse(url, { port: chrome.port, logLevel: "error" }, config);
    if (!result) throw new Error(`no answer about ${url}`);
    return result.lhr;
  } finally {
    chrome.kill();
  }
}
