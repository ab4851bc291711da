/**
 * A real Chromium on the site that BASE_URL serves. Whatever a page complains about (errors, violations of its policy,
 * requests elsewhere) is kept, and fails the test that opened it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const BASE = new URL(process.env.BASE_URL ?? "http://127.0.0.1:8080/").href.replace(/\/?$/, "/");

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const DESKTOP = { width: 1280, height: 800 };
/** How long anything may take before it is a failure, in milliseconds, on a busy machine. */
const PATIENCE = 15_000;

export const PHONE = { width: 390, height: 844 };

/** @returns {Promise<import("playwright-core").Browser>} */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });

/**
 * Runs a test on a fresh page.
 * @param {import("playwright-core").Browser} browser @param {string} path
 * @param {(page: import("playwright-core").Page) => Promise<void>} body
 * @param {import("playwright-core").BrowserContextOptions & { allow?: RegExp,
 *   before?: (page: import("playwright-core").Page) => Promise<void>, bare?: boolean }} [options] allow these complaints; bare: the
 *   page's script will not run
 */
export async function onPage(browser, path, body, { allow, before, bare, ...options } = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-US", reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = listen(page);
    await before?.(page);
    await (bare ? page.goto(BASE + path) : visit(page, path));
    await body(page);
    assert.deepEqual(complaints.filter((c) => !allow?.test(c)), []);
  } finally {
    await context.close();
  }
}

/** Goes to a page and waits for its calculator. @param {import("playwright-core").Page} page @param {string} path */
export async function visit(page, path) {
  await page.goto(BASE + path);
  if (path !== "404.html") await ready(page);
}

/** @param {import("playwright-core").Page} page */
function listen(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "blob:" && origin !== new URL(BASE).origin) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

/** Waits until the engine has answered, or has failed to. @param {import("playwright-core").Page} page */
const ready = (page) =>
  page.waitForFunction(() => {
    const root = document.querySelector("hourglass-calculator")?.shadowRoot;
    return root?.querySelector(".figure, .note");
  });

/**
 * What axe finds against WCAG 2.2 AA and its best practices, in short.
 * @param {import("playwright-core").Page} page @returns {Promise<string[]>}
 */
export async function axe(page) {
  // Evaluated by the debugger, which the page's policy does not concern.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await /** @type {any} */ (window).axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
    return violations.flatMap((/** @type {any} */ v) => v.nodes.map((/** @type {any} */ n) => `${v.id}: ${n.target.join(" ")}`));
  });
}

/** The big number, as it stands. @param {import("playwright-core").Page} page */
export const figure = (page) => answer(page).innerText();

/** Where it stands: what is between the calculator's tags is still there, unseen. @param {import("playwright-core").Page} page */
export const answer = (page) => page.locator(".calculator .figure:visible");

/** @param {import("playwright-core").Page} page @param {string} name of the input on the wire */
export function field(page, name) {
  const whole = page.locator(`hourglass-field[data-name="${name}"]`);
  return { whole, input: whole.locator("input:not([type=range]), textarea").first(), slider: whole.locator("input[type=range]") };
}

/** Whether the page is wider than the screen. @param {import("playwright-core").Page} page */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
