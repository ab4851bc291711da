/**
 * A real Chromium on the site that BASE_URL serves. Whatever a page complains about (errors, violations of its policy,
 * requests elsewhere) is kept, and fails the test that opened it. Of a page whose test fails a picture is kept in
 * build/failures, and with TRACE=1 Playwright's trace too.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Frame, Page } from "playwright-core";

export const BASE = new URL(process.env.BASE_URL ?? "http://127.0.0.1:8080/").href.replace(/\/?$/, "/");

const require = createRequire(import.meta.url);
// By require: an import has its 7 MB read through for names, by the thread that turns TypeScript, in each file of tests.
const { chromium }: typeof import("playwright-core") = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const DESKTOP = { width: 1280, height: 800 };
/** How long anything may take before it is a failure, in milliseconds: what no machine needs, however busy. How fast a page is, make bench says. */
export const PATIENCE = 60_000;
/** How long it may take to value a file of customers with all models. */
export const WORK = 120_000;
/** How long a whole test may take on its page, in milliseconds. */
const LONGEST = 300_000;

export const PHONE = { width: 390, height: 844 };

/** The browser of all files of tests that a process runs (together.ts), and how many have it. */
let shared: { browser: Promise<Browser>; users: number } | undefined;

/** @param passes whether tests pass their pages on to one another, as withPage tells, those of one file to those of the next; else each has a context of its own */
export async function launch({ passes = false } = {}): Promise<Browser> {
  if (!passes) return start();
  shared ??= { browser: start().then(passing), users: 0 };
  shared.users++;
  return shared.browser;
}

const start = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });

function passing(browser: Browser) {
  if (!process.env.TRACE) left.set(browser, new Map());
  const close = browser.close.bind(browser);
  browser.close = async () => {
    if (shared && --shared.users === 0) await close();
  };
  return browser;
}

/** How a page is opened. */
export interface Opening extends BrowserContextOptions {
  allow?: RegExp; // these complaints
  before?: (page: Page) => Promise<unknown>;
  bare?: boolean; // the page's script will not run
}

/** Runs a test on a fresh page. */
export const onPage = (browser: Browser, path: string, body: (page: Page) => Promise<void>, { allow, before, bare, ...options }: Opening = {}) =>
  withPage(browser, options, async (page) => {
    const complaints = listen(page);
    await before?.(page);
    await (bare ? page.goto(BASE + path) : visit(page, path));
    await body(page);
    assert.deepEqual(complaints.filter((c) => !allow?.test(c)), []);
  });

/**
 * Runs tests on one page, which is opened and prepared by the first: for what takes seconds to prepare. Each finds what the last one left, and a
 * test that fails leaves nothing: the next one has a new page.
 */
export function sharing(browser: Browser, path: string, prepare: (page: Page) => Promise<unknown>) {
  let opened: { page: Page; complaints: string[] } | undefined;
  return async (body: (page: Page) => Promise<void>) => {
    if (!opened) {
      const page = await emptyPage(browser, {});
      opened = { page, complaints: listen(page) };
      await page.goto(BASE + path);
      await prepare(page);
    }
    const { page, complaints } = opened;
    try {
      await body(page).catch((error) => keep(page, error));
      assert.deepEqual(complaints, []);
    } catch (error) {
      opened = undefined;
      await page.context().close();
      throw error;
    }
  };
}

/**
 * Gives a test an empty page. One that crashes, or that nothing is heard of any more, is the browser's failure, once: the test has another then. Playwright would wait
 * for an answer for ever.
 */
export async function withPage(browser: Browser, options: BrowserContextOptions, body: (page: Page) => Promise<void>) {
  try {
    await inTime(onePage(browser, options, body));
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    console.error(`${error.message}: the test has another page`);
    await inTime(onePage(browser, options, body));
  }
}

/** A page that does not answer any more. */
class Lost extends Error {}

async function inTime(test: Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Lost(`a page's test did not end in ${LONGEST / 60_000} minutes`)), LONGEST);
  });
  await Promise.race([test, late]).finally(() => clearTimeout(timer));
}

/**
 * Runs a test on a page in a context of its own. Where the browser's tests pass their pages on, it is the page of the last test that asked
 * for the same kind, if that one left nothing on it that outlasts a document: half of what a page costs is its process and its code, which are there then.
 */
async function onePage(browser: Browser, options: BrowserContextOptions, body: (page: Page) => Promise<void>) {
  const pages = left.get(browser);
  const kind = kindOf(options);
  const last = pages?.get(kind);
  pages?.delete(kind); // a test beside this one has another
  const page = last?.page ?? (await emptyPage(browser, options));
  const context = page.context();
  let lost = () => {};
  const crash = new Promise<never>((_, reject) => (lost = () => reject(new Lost("a page crashed"))));
  page.once("crash", lost);
  try {
    const passed = last ?? (pages && (await lasting(page)));
    if (last) await fit(page, options);
    await Promise.race([crash, body(page).catch((error) => keep(page, error))]);
    if (passed && (await emptied(passed, options).catch(() => false))) return void pages?.set(kind, passed);
  } catch (error) {
    await context.close();
    throw error;
  } finally {
    page.off("crash", lost);
  }
  await context.close();
}

/** Pages that tests have left, by browser and kind. */
const left = new WeakMap<Browser, Map<string, Left>>();

/** A page that may be another test's, and whether it may still be. */
interface Left {
  page: Page;
  context: BrowserContext;
  debugger: CDPSession;
  origins: Set<string>; // of its documents and their frames
  scripts: Disposable[]; // that its documents begin with
  spent: boolean;
}
type Disposable = Awaited<ReturnType<Page["addInitScript"]>>;

/** What changes a page, or the context of a page, for longer than a document: the test that asks for it is the last on its page. */
const LASTING: { page: (keyof Page)[]; context: (keyof BrowserContext)[] } = {
  page: ["clock", "exposeBinding", "exposeFunction", "routeFromHAR", "routeWebSocket", "setExtraHTTPHeaders"],
  context: ["addInitScript", "clock", "clearPermissions", "exposeBinding", "exposeFunction", "grantPermissions", "newCDPSession", "newPage", "route", "routeFromHAR",
    "routeWebSocket", "setExtraHTTPHeaders", "setGeolocation", "setOffline"],
};
/** What tests listen to. */
const EVENTS = ["console", "dialog", "download", "filechooser", "pageerror", "popup", "request", "requestfailed", "requestfinished", "response", "worker"];

async function lasting(page: Page): Promise<Left> {
  const context = page.context();
  const last: Left = { page, context, debugger: await context.newCDPSession(page), origins: new Set(), scripts: [], spent: false };
  const spend = <T extends object>(what: T, names: (keyof T)[]) => {
    for (const name of names) {
      const value = what[name];
      Object.defineProperty(what, name, { get: () => ((last.spent = true), value) });
    }
  };
  spend(page, LASTING.page);
  spend(context, LASTING.context);
  const add = page.addInitScript.bind(page);
  page.addInitScript = async (...given) => {
    const script = await add(...given);
    last.scripts.push(script);
    return script;
  };
  page.on("framenavigated", (frame) => {
    const [origin] = /^https?:\/\/[^/]+/.exec(frame.url()) ?? [];
    if (origin) last.origins.add(origin);
    else if (frame.url().startsWith("file:")) last.spent = true;
  });
  return last;
}

/**
 * Has a page go to an empty document, which the debugger makes: where its last one was, and isolated as that was, for between origins, and between a page that is
 * isolated and one that is not, the browser changes the process.
 */
async function rest({ page, debugger: to }: Left) {
  const site = new URL(BASE).origin;
  const [isolated, origin] = await page.evaluate(() => [crossOriginIsolated, location.origin] as const);
  const headers = { "Content-Type": "text/html", ...((isolated || origin === site) && { "Cross-Origin-Opener-Policy": "same-origin" }), ...(isolated && { "Cross-Origin-Embedder-Policy": "require-corp" }) };
  const address = `${origin.startsWith("http") ? origin : site}/rest`;
  to.once("Fetch.requestPaused", ({ requestId }) => {
    const responseHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
    to.send("Fetch.fulfillRequest", { requestId, responseCode: 200, responseHeaders }).catch(() => {}); // the page may be gone
  });
  await to.send("Fetch.enable", { patterns: [{ urlPattern: address }] });
  await page.goto(address);
  await to.send("Fetch.disable");
}

/** Makes a page as good as new, where it can be: no document, script, route, storage, history, listener or pointer of the test that had it. */
async function emptied(last: Left, options: BrowserContextOptions): Promise<boolean> {
  const { page, context } = last;
  for (const event of EVENTS) page.removeAllListeners(event);
  if (last.spent || page.isClosed() || context.pages().length > 1 || options.javaScriptEnabled === false) return false;
  for (const script of last.scripts.splice(0)) await script.dispose();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await rest(last);
  await page.evaluate(() => {
    sessionStorage.clear();
    window.name = "";
  });
  for (const origin of last.origins) await last.debugger.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  last.origins.clear();
  await last.debugger.send("Page.resetNavigationHistory");
  await page.mouse.move(0, 0); // where a wheel turns on a new page
  return true;
}

/** Tells pages apart by what a context has for ever: their size and their media change. */
function kindOf({ viewport, colorScheme, reducedMotion, forcedColors, contrast, ...rest }: BrowserContextOptions) {
  return JSON.stringify(rest);
}

/** Gives a page that another test had the size and the media that a test asks for. */
async function fit(page: Page, options: BrowserContextOptions) {
  const { colorScheme = "light", reducedMotion, forcedColors = "none", contrast = "no-preference", viewport } = { ...USUAL, ...options };
  await page.emulateMedia({ media: null, colorScheme, reducedMotion, forcedColors, contrast });
  await page.setViewportSize(viewport ?? DESKTOP);
}

const USUAL = { viewport: DESKTOP, locale: "en-US", reducedMotion: "reduce" } as const;

async function emptyPage(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext({ ...USUAL, ...options });
  if (process.env.TRACE) await context.tracing.start({ screenshots: true, snapshots: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** Where pictures of failures go. */
const FAILURES = new URL("../../../build/failures/", import.meta.url);

/** Keeps what a failed test saw, and says where. */
async function keep(page: Page, error: Error): Promise<never> {
  mkdirSync(FAILURES, { recursive: true });
  const name = `${new URL(page.url()).pathname.replaceAll(/\W+/g, "-").replace(/^-|-$/g, "") || "page"}-${Date.now()}`;
  const path = (suffix: string) => fileURLToPath(new URL(name + suffix, FAILURES));
  const kept: string[] = [];
  // A page that is gone has no picture, and its own error is what matters.
  await page.screenshot({ path: path(".png"), timeout: 5_000 }).then(() => kept.push(`build/failures/${name}.png`), () => {});
  if (process.env.TRACE) {
    await page.context().tracing.stop({ path: path(".zip") });
    kept.push(`npx playwright-core show-trace build/failures/${name}.zip`);
  }
  error.message += `\nkept: ${kept.join(", ")}`;
  throw error;
}

/** Goes to a page and waits for its calculator. */
export async function visit(page: Page, path: string) {
  await page.goto(BASE + path);
  if (path !== "404.html") await ready(page);
}

/** Collects what a page complains about. */
export function listen(page: Page) {
  const complaints: string[] = [];
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

/** Waits until the engine has answered and all is drawn, or it has failed to. */
const ready = (page: Page) =>
  page.waitForFunction(() => {
    const root = document.querySelector("hourglass-calculator")?.shadowRoot;
    return root?.querySelector(".calculator:not([data-drawing]) .figure") ?? root?.querySelector("p.note:first-child");
  });

/** WCAG 2.2 AA and axe's best practices. */
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a theme, a width or forced colours can break. All other rules read the document, which stays the same. */
const LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

/**
 * What axe finds, in short. A page whose document was seen whole in one look is held to LOOKS alone in the others: most of a run is spent on
 * rules whose answer cannot change. One that was seen whole in another language is held to all that its words can break, and those have no colours: they are half of a run.
 */
export async function axe(page: Page | Frame, { looks = false, words = false } = {}): Promise<string[]> {
  // Once a document, and only where it is wanted. Evaluated by the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const runOnly = looks ? ({ type: "rule", values: LOOKS } as const) : ({ type: "tag", values: ALL } as const);
  return page.evaluate(async (options) => {
    const { violations } = await globalThis.axe.run(document, { ...options, resultTypes: ["violations"], preload: false });
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
  }, { runOnly, ...(words && { rules: { "color-contrast": { enabled: false } } }) });
}

/** Waits until the customers page has nothing more to work out for the file that it was given. */
export const settled = (page: Page) =>
  page.waitForFunction(() => {
    const state = document.querySelector("hourglass-customers")?.state;
    const compared = state?.choice || state?.model?.origin === "file";
    return state?.phase === "ready" && compared && state.warnings && !state.progress && !state.pending;
  }, null, { timeout: WORK });

/** Waits until every element is there and has drawn what it knows, for some frames on end: the tools that were opened too. */
export const drawn = (page: Page) =>
  page.evaluate(async () => {
    const within = (root: ParentNode): Element[] => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? within(e.shadowRoot) : [])]);
    const busy = () => {
      const all = within(document);
      const has = (root: ParentNode | null, css: string) => !!root && within(root).some((e) => e.matches(css));
      return all.some((e) => ("isUpdatePending" in e && e.isUpdatePending) || e.matches(":not(:defined)")
        || (e.matches("details.decision[open]") && !has(e, ".tool")) || (e.localName === "hourglass-simulate" && !has(e.shadowRoot, ".finding, .problem")));
    };
    for (let quiet = 0, frames = 0; quiet < 3; frames++) {
      await new Promise(requestAnimationFrame);
      quiet = busy() ? 0 : quiet + 1;
      if (frames > 1000) throw new Error("the page does not come to rest");
    }
  });

/** The big number, as it stands. */
export const figure = (page: Page) => answer(page).innerText();

/** Where it stands once the calculator runs and is drawn whole. */
export const answer = (page: Page) => page.locator(".calculator[part=base]:not([data-drawing]) .figure:visible");

/** The big number of the example that the page comes with: seen until the calculator runs. */
export const example = (page: Page) => page.locator(".calculator:not([part]) .figure:visible");

/** An input by its name on the wire. */
export function field(page: Page, name: string) {
  const whole = page.locator(`hourglass-field[data-name="${name}"]`);
  return { whole, input: whole.locator("input:not([type=range]), textarea").first(), slider: whole.locator("input[type=range]") };
}

/** Whether the page is wider than the screen. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Waits until the page's frame is as high as what is in it, which may still grow. */
export async function fits(page: Page, inner: () => Promise<number>, within = 0) {
  for (const start = Date.now(); ; await page.waitForTimeout(30)) {
    const [frame, height] = [await page.locator("iframe").evaluate((e: HTMLElement) => e.offsetHeight), await inner()];
    if (Math.abs(frame - height) <= within) return;
    assert.ok(Date.now() - start < PATIENCE, `${frame} for ${height}`);
  }
}
