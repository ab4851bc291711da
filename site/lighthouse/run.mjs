/**
 * Holds pages of the site at BASE_URL against Lighthouse, as a phone and as a desktop. Accessibility, best practices and
 * search engines have to be 100: they do not depend on how busy the machine is. Performance does, and is printed.
 *
 *   BASE_URL=http://127.0.0.1:8080/ CHROME_PATH=/usr/bin/chromium node site/lighthouse/run.mjs "" customers/
 */
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const base = new URL(process.env.BASE_URL ?? "http://127.0.0.1:8080/").href;
const HELD = ["accessibility", "best-practices", "seo"];

let failed = false;
for (const path of process.argv.slice(2)) {
  for (const [screen, config] of /** @type {const} */ ([["phone", undefined], ["desktop", desktopConfig]])) {
    const { categories, audits } = await measured(base + path, config);
    const scores = Object.values(categories).map(({ id, score }) => `${id} ${Math.round(100 * (score ?? 0))}`);
    console.log(`/${path} on a ${screen}: ${scores.join(", ")}`);
    const wrong = HELD.flatMap((id) => categories[id].auditRefs).map(({ id, weight }) => ({ ...audits[id], weight }))
      .filter(({ score, weight }) => weight > 0 && score !== null && score < 1);
    for (const { title, details } of wrong) console.log(`  ${title}\n    ${JSON.stringify(details ?? {}).slice(0, 1000)}`);
    failed ||= HELD.some((id) => categories[id].score !== 1);
  }
}
process.exitCode = failed ? 1 : 0;

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
