// What a large file takes in Chromium, chosen on the customers page as a person would: the clock until it was read, until the first answer and until
// nothing is left to do; the memory of the engine's instance, which never shrinks, and the most that the tab's process held. Linux only.
//
//	build/bench-customers shop 18000000 > build/large.csv
//	make bench-large LARGE=build/large.csv
import { readFileSync, readdirSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import type { State } from "../../customers/state.ts";
import { launch } from "./browser.ts";
import { choose, onCustomers, read } from "./customers.ts";

const [file] = process.argv.slice(2);
if (!file) throw new Error("usage: bench-large.ts FILE");
const MB = 2 ** 20;

/** What stands before the worker's script: its instances' memory, where this can ask for it. */
const WATCH = `{
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    self.watched = made.exports?.memory;
    return made;
  };
}\n`;

/** The most that any tab's process has held, in bytes: proc(5). */
function mostHeld() {
  const held = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((id) => {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer")) return 0;
      return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0; // it has ended meanwhile
    }
  });
  return Math.max(0, ...held);
}

const browser = await launch();
await onCustomers(browser, "", async (page) => {
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.prepared);
  const [before, began] = [mostHeld(), performance.now()];
  const since = () => `${((performance.now() - began) / 1000).toFixed(0)} s`.padStart(8);
  console.log(`${(statSync(file).size / MB).toFixed(0)} MB; load ${loadavg()[0].toFixed(1)}`);
  await choose(page, file);
  let said = "";
  for (let done = false; !done; await page.waitForTimeout(500)) {
    const now = await read(page, ({ phase, failure, progress, report, choice, pictures, warnings }: State) => ({
      phase: failure ? "failed" : phase, detail: failure?.detail ?? "", doing: progress?.phase ?? "", rows: report?.rows ?? 0, compared: choice !== null, checked: pictures.calibration !== null && warnings !== null,
    }));
    const worker = page.workers().find((one) => one.url().endsWith("/customers/engine.js"));
    const memory = (await Promise.race([worker?.evaluate(() => (self as { watched?: WebAssembly.Memory }).watched?.buffer.byteLength), page.waitForTimeout(5000)])) ?? 0;
    const say = `${now.phase.padEnd(9)}${now.doing.padEnd(14)}${now.compared ? "compared " : ""}${now.checked ? "tested " : ""}`;
    if (say !== said) console.log(`${since()}  ${say.padEnd(40)}${String(now.rows).padStart(10)} rows  engine ${(memory / MB).toFixed(0).padStart(5)} MB  tab ${((mostHeld() - before) / MB).toFixed(0).padStart(5)} MB  load ${loadavg()[0].toFixed(1)}  ${now.detail}`);
    said = say;
    done = now.phase === "failed" || (now.phase === "ready" && now.doing === "" && now.compared && now.checked);
  }
}, { before: (page) => page.route("**/customers/engine.js", async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: WATCH + (await response.text()) });
}) });
await browser.close();
