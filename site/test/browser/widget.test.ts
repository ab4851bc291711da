/**
 * The widget in pages that are not ours: bare pages from another origin, kind and unkind, by script and in a frame.
 * SHOTS names a folder for a picture of each.
 */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import type { Browser, Frame, Page } from "playwright-core";
import type { Figures, HourglassCalculator, Result } from "../../widget/index.d.ts";
import { room } from "../../widget/options.ts";
import { DESKTOP, PHONE, axe, drawn, fits, launch } from "./browser.ts";
import { ANSWER, EXAMPLE, type Host, RUNNING, SCRIPT, SITE, WIDGET, figure, onHost as onHostOf, origin, ready } from "./hosts.ts";

/** An event as the host pages below note it: its name or the element that it comes from, the calculation, a figure or the answer. */
type Heard = [who: string, kind: string, figure: number, answer: number];

declare global {
  var heard: Heard[];
  var amp: { type: string; height: number }[];
}

/** What the widget pushes to dataLayer. */
interface Pushed {
  event: string;
  hourglass: { kind: string; input: Figures; result: Result };
}

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

const onHost = (host: Host, body: Parameters<typeof onHostOf>[2], options?: Parameters<typeof onHostOf>[3]) => onHostOf(browser, host, body, options);

async function picture(page: Page, name: string) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, "-")}.png`, fullPage: true });
}

/** Types a price with the keyboard alone, coming from the page above. */
async function typePrice(frame: Page | Frame, page: Page) {
  const input = frame.locator('hourglass-field[data-name="price"] input:not([type=range])');
  for (let i = 0; i < 30 && !(await input.evaluate((e) => e === (e.getRootNode() as ShadowRoot).activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("200");
  await frame.locator(".widget .figure", { hasText: "$2,782" }).waitFor();
}

const STRICT = `default-src 'none'; img-src data:; script-src ${SITE} 'wasm-unsafe-eval'; connect-src ${SITE}`;

const UNKIND: Record<string, Host & { options?: Parameters<typeof onHost>[2] }> = {
  plain: { body: WIDGET },
  "as a module": { body: WIDGET, head: `<script type="module" src="${SITE}/embed/v1.js"></script>` },
  "everything unset": {
    body: WIDGET,
    head: `${SCRIPT}<style>* { all: unset } html { font-size: 62.5%; line-height: 1; text-transform: uppercase; letter-spacing: 0.2em; color: #fff }
      body { display: block; font-size: 1.6rem; text-align: center } head { display: none } main, h1, p, style, script { display: block } style, script, title { display: none }</style>`,
  },
  reset: { body: WIDGET, head: `${SCRIPT}<style>*, *::before, *::after { margin: 0; padding: 0; border: 0; font: inherit; box-sizing: border-box; color: #900 } svg, input { display: block; max-width: 10px }</style>` },
  "right to left": { body: '<hourglass-calculator kind="subscription" currency="USD"></hourglass-calculator>', html: 'lang="ar" dir="rtl"' },
  "English in a page from right to left": { body: WIDGET, html: 'lang="ar" dir="rtl"' },
  quirks: { body: WIDGET, quirks: true },
  "strict policy that allows it": { body: WIDGET, headers: { "Content-Security-Policy": STRICT } },
  "policy with a nonce": {
    body: WIDGET, head: `<script async nonce="abc" src="${SITE}/embed/v1.js"></script>`,
    headers: { "Content-Security-Policy": `default-src 'none'; img-src data:; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src ${SITE}` },
  },
  "in a shadow root": {
    body: `<x-card></x-card><template>${WIDGET}</template>`,
    head: `${SCRIPT}<script>addEventListener("DOMContentLoaded", () => document.querySelector("x-card").attachShadow({ mode: "open" })
      .append(document.querySelector("template").content.cloneNode(true)))</script>`,
  },
  "dark page": { body: WIDGET, head: `${SCRIPT}<style>:root { color-scheme: dark }</style>` },
  "dark surface": { body: `<hourglass-calculator surface="#10243e" accent="#ffd166" radius="20" font="inherit" action-text="Talk to us" action-link="https://example.com/"></hourglass-calculator>` },
  phone: { body: WIDGET, options: { viewport: PHONE, hasTouch: true, isMobile: true } },
  "320 pixels, as 1280 at 400 %": { body: WIDGET, options: { viewport: { width: 320, height: 256 } } },
  "forced colours": { body: WIDGET, options: { forcedColors: "active" } },
  full: { body: WIDGET.replace("<hourglass-calculator", '<hourglass-calculator size="full"') },
};

/** The others have the document of one of these. */
const WHOLE = ["plain", "quirks", "right to left", "in a shadow root", "phone", "dark surface", "full"];

for (const [name, { options, ...host }] of Object.entries(UNKIND)) {
  test(`${name}: it looks right, takes figures by keyboard, and axe finds nothing`, () =>
    onHost(host, async (page) => {
      await picture(page, name);
      assert.deepEqual(await axe(page, { looks: !WHOLE.includes(name) }), []);
      const box = await page.locator(".widget").boundingBox();
      const { width } = page.viewportSize() ?? DESKTOP;
      assert.ok(box && box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} in ${width}`);
      const size = await page.locator(".widget .sentence").evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
      assert.ok(size >= 14 && size <= 24, `the sentence is ${size} pixels high`);
      if (!name.startsWith("right")) {
        assert.equal(await figure(page), ANSWER);
        await typePrice(page.mainFrame(), page);
      } else assert.ok(((await page.locator(".widget .answer").boundingBox())?.x ?? 0) < width / 2, "the answer stands on the left");
    }, options));
}

const BLOCKED: [string, Host, RegExp][] = [
  ["a policy that allows no script", { body: WIDGET, headers: { "Content-Security-Policy": "default-src 'none'; img-src data:" } }, /Content Security Policy|violates/],
  ["a policy without WebAssembly", { body: WIDGET, headers: { "Content-Security-Policy": STRICT.replace("'wasm-unsafe-eval'", "") } }, /Content Security Policy|WebAssembly|wasm/i],
  ["a policy without connections", { body: WIDGET, headers: { "Content-Security-Policy": STRICT.replace(/connect-src.*/, "") } }, /Content Security Policy|fetch|Failed/i],
  ["a script that does not arrive", { body: WIDGET, head: `<script async src="${SITE}/embed/nothing.js"></script>` }, /Failed to load|404|blocked/i],
];
for (const [name, host, allow] of BLOCKED) {
  test(`${name}: what stands between the tags is shown`, () =>
    onHost(host, async (page) => {
      await page.waitForLoadState("networkidle");
      // The facade shows the answer until the calculator was tried.
      await page.getByText("a subscriber is worth $1,391").waitFor();
      await picture(page, name);
      assert.ok(await page.getByRole("link", { name: "Work it out" }).isVisible());
      assert.equal(await page.locator(".widget .figure").count(), 0);
    }, { allow, bare: true }));
}

test("two versions at once: the first stays in charge, the second says so", () =>
  onHost(
    { body: WIDGET, head: `<script src="${origin}/other/v1.js"></script>${SCRIPT}` },
    async (page, complaints) => {
      assert.equal(await figure(page), ANSWER);
      assert.equal(complaints.filter((s) => /another version of the widget/.test(s)).length, 1);
    },
    { allow: /another version/ },
  ));

test("the same version twice is the same once", () =>
  onHost({ body: WIDGET + WIDGET, head: SCRIPT + SCRIPT }, async (page) => {
    await page.locator(RUNNING).nth(1).waitFor(); // the facade of the second has given way, too
    assert.equal(await page.locator(".widget .figure").count(), 2);
  }));

test("removed and put elsewhere, hidden and shown again, it goes on", () =>
  onHost({ body: `<div id="a">${WIDGET}</div><div id="b"></div>` }, async (page) => {
    await typePrice(page.mainFrame(), page);
    await page.evaluate(() => {
      const widget = document.querySelector("hourglass-calculator") as HourglassCalculator;
      widget.remove();
      document.querySelector("#b")?.append(widget);
    });
    assert.equal(await figure(page), "$2,782");
    await page.locator("hourglass-calculator").evaluate((e: HTMLElement) => (e.style.display = "none"));
    assert.ok(!(await page.locator(".widget").isVisible()));
    await page.locator("hourglass-calculator").evaluate((e: HTMLElement) => (e.style.display = ""));
    assert.ok(await page.locator(".widget .figure").isVisible());
    await page.locator("hourglass-calculator").evaluate((e) => e.setAttribute("hidden", ""));
    assert.ok(!(await page.locator(".widget").isVisible()));
  }));

test("printed, there are the answer and its figures, without sliders", () =>
  onHost({ body: WIDGET }, async (page) => {
    await page.emulateMedia({ media: "print" });
    await picture(page, "print");
    assert.ok(await page.locator(".widget .figure").isVisible());
    assert.ok(!(await page.locator(".widget input[type=range]").first().isVisible()));
  }));

test("ten on a page load the engine once, and every part of it", () =>
  onHost({ body: "<p>None yet.</p>" }, async (page) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(([script, widget]) => {
      (document.querySelector("main") as HTMLElement).innerHTML = widget.repeat(10);
      document.head.append(Object.assign(document.createElement("script"), { src: script }));
    }, [`${SITE}/embed/v1.js`, WIDGET]);
    await page.locator(RUNNING).nth(9).waitFor();
    assert.equal(asked.filter((url) => url.endsWith(".wasm")).length, 1);
    assert.equal(new Set(asked).size, asked.length, asked.join("\n"));
  }, { bare: true }));

for (const [name, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`nothing moves when it comes: ${name}`, async () => {
    for (const kind of ["subscription", "average", "repeat-purchase", "retention", "service"]) {
      const body = `<hourglass-calculator kind="${kind}" lang="en" style="display:block;min-height:${room({ kind })}">${EXAMPLE}</hourglass-calculator>`;
      await onHost({ body }, async (page) => {
        await drawn(page);
        const shift = await page.evaluate(() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += "value" in entry ? Number(entry.value) : 0;
          }).observe({ type: "layout-shift", buffered: true });
          // What was buffered is told in a task of its own, after the frame.
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
        }));
        assert.equal(shift, 0, kind);
      }, { viewport });
    }
  });
}

test("in a form: the answer and the figures are sent under its name, and reset with it", () =>
  onHost({ body: `<form><fieldset>${WIDGET.replace("kind=", 'name="worth" kind=')}</fieldset><button type="reset">Reset</button></form>` }, async (page) => {
    const sent = () => page.evaluate(() => Object.fromEntries(new FormData(document.querySelector("form") as HTMLFormElement)));
    const first = await sent();
    assert.equal(Number(first.worth).toFixed(2), "1390.93");
    assert.equal(first["worth.price"], "100");
    await typePrice(page.mainFrame(), page);
    assert.equal((await sent())["worth.price"], "200");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("x");
    assert.deepEqual(await sent(), {}, "an answer that is not complete is not sent");
    await page.getByRole("button", { name: "Reset" }).click();
    await page.locator(".widget .figure", { hasText: ANSWER }).waitFor();
    assert.equal((await sent())["worth.price"], "100");
    await page.locator("form > fieldset").evaluate((e) => e.setAttribute("disabled", ""));
    assert.ok(await page.locator(".widget[inert]").count());
  }));

test("events rise through shadow roots with what they are about; dataLayer hears nothing unless asked to", () =>
  onHost({ body: `${WIDGET}<script>window.heard = []; for (const type of ["ready", "change", "result", "error"])
    addEventListener("hourglass:" + type, (e) => heard.push([type, e.detail.kind, e.detail.input?.price, e.detail.result?.clv]))</script>` }, async (page) => {
    await typePrice(page.mainFrame(), page);
    const heard = await page.evaluate(() => globalThis.heard);
    assert.deepEqual(heard.filter(([type]) => type === "ready"), [["ready", "subscription", undefined, undefined]]);
    assert.deepEqual(heard.at(-1)?.slice(0, 3), ["result", "subscription", 200]);
    assert.equal(heard.at(-1)?.[3].toFixed(2), "2781.86");
    assert.ok(heard.some(([type, , price]) => type === "change" && price === 200));
    assert.equal(await page.evaluate(() => "dataLayer" in window), false);
    assert.equal((await page.evaluate(() => document.querySelector("hourglass-calculator")?.result?.clv)).toFixed(2), "2781.86");
    await page.locator("hourglass-calculator").evaluate((e) => e.setAttribute("data-layer", ""));
    await page.keyboard.press("Backspace");
    await page.waitForFunction(() => globalThis.dataLayer?.length);
    const [pushed] = await page.evaluate(() => globalThis.dataLayer as Pushed[]);
    assert.deepEqual([pushed.event, pushed.hourglass.kind, pushed.hourglass.input.price, typeof pushed.hourglass.result.clv], ["hourglass:result", "subscription", 20, "number"]);
  }));

test("options as attributes: chosen, given, locked, hidden, listed, drawn, led on; as properties too", () =>
  onHost({ body: `<hourglass-calculator kinds="subscription average" values="price=50&amp;churn_rate=0.1" lock="gross_margin" hide="cac"
    results="ltv_cac_ratio" charts="survival" currency="EUR" locale="de-DE" theme="dark" action-text="Reden wir" action-link="mailto:a@example.com" lang="de"></hourglass-calculator>` }, async (page) => {
    await picture(page, "options");
    assert.match(await figure(page), /^\d+\s€$/);
    assert.equal(await page.locator('hourglass-field[data-name="price"] input:not([type=range])').inputValue(), "50");
    assert.equal(await page.locator('[data-name="gross_margin"] input').count(), 0);
    assert.ok(await page.locator('.locked[data-name="gross_margin"]').isVisible());
    assert.equal(await page.locator('[data-name="cac"]').count(), 0);
    assert.equal(await page.locator("hourglass-chart").count(), 1);
    assert.equal(await page.locator(".widget .figures dt").count(), 1);
    assert.equal(await page.locator(".action").getAttribute("href"), "mailto:a@example.com");
    await page.locator('.chooser input[value="average"]').check();
    await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.getAttribute("kind") === "average");
    await page.locator('hourglass-field[data-name="order_value"]').waitFor();
    await page.locator("hourglass-calculator").evaluate((e) => Object.assign(e, { kind: "subscription", lang: "en", locale: "en-US", currency: "USD", values: "" }));
    await page.locator(".widget .figure", { hasText: ANSWER }).waitFor();
    assert.equal(await page.locator("hourglass-calculator").getAttribute("currency"), "USD");
    assert.deepEqual(await axe(page), []);
  }));

test("what makes no sense is said in the console, once, and not on the screen", () =>
  onHost({ body: `<hourglass-calculator kind="nothing" theme="purple" accent="reddish" radius="900" currency="Euro" lock="price nothing" results="nothing" charts="nothing" lang="tlh"
    action-text="Go" action-link="javascript:alert(1)" values="price=abc&amp;churn_rate=7&amp;nothing=1" size="vast" locale="%%" data-layer="maybe"></hourglass-calculator>` }, async (page, complaints) => {
    assert.equal(await figure(page), ANSWER);
    assert.equal(await page.locator(".action, .problem, .note").count(), 0);
    await page.locator("hourglass-calculator").evaluate((e) => Object.assign(e, { theme: "pink" }));
    await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.theme === "auto");
    const warned = complaints.filter((s) => s.startsWith("warning: hourglass: "));
    for (const part of ['kind="nothing"', 'theme="purple" is not understood. Allowed: auto, light, dark. auto is used.', 'theme="pink"', 'accent="reddish"', 'radius="900"', 'currency="Euro"',
      'lock="nothing"', 'results="nothing"', 'charts="nothing"', 'lang="tlh"', 'action-link="javascript:alert(1)"', 'values="price=abc"', 'values="churn_rate=7"', 'values="nothing"', 'size="vast"', 'locale="%%"', 'data-layer="maybe"']) {
      assert.equal(warned.filter((s) => s.includes(part)).length, 1, `${part}\n${warned.join("\n")}`);
    }
  }, { allow: /hourglass: |404/ })); // no facade is of such a kind, which the browser says too

const FRAME = `<iframe src="${SITE}/widget.html?kind=subscription&amp;lang=en&amp;price=100&amp;churn_rate=0.05" title="A subscriber's worth" width="100%" height="300" frameborder="0"></iframe>`;
const HOST_SCRIPT = `<script async src="${SITE}/embed/frame.js"></script>`;

for (const [name, sandbox] of [["a frame", ""], ["a sandboxed frame, without an origin of its own", 'sandbox="allow-scripts" ']]) {
  test(`${name}: as high as the widget, its events repeated, and axe finds nothing`, () =>
    onHost({ body: `${FRAME.replace("<iframe ", `<iframe ${sandbox}`)}<script>window.heard = []; window.amp = [];
        addEventListener("hourglass:result", (e) => heard.push([e.target.tagName, e.detail.kind, e.detail.result.clv]));
        addEventListener("message", (e) => e.data?.sentinel === "amp" && amp.push(e.data));</script>`, head: HOST_SCRIPT }, async (page) => {
      const frame = page.frames()[1];
      await ready(frame);
      const high = () => page.waitForFunction(() => (document.querySelector("iframe")?.offsetHeight ?? 0) > 350);
      await high();
      await picture(page, name);
      await fits(page, () => frame.evaluate(() => document.documentElement.scrollHeight));
      assert.deepEqual(await axe(frame), []);
      await typePrice(frame, page);
      await page.waitForFunction(() => (heard.at(-1)?.[2] ?? 0) > 2700);
      assert.deepEqual((await page.evaluate(() => heard.at(-1)))?.slice(0, 2), ["IFRAME", "subscription"]);
      const [amp] = await page.evaluate(() => globalThis.amp);
      assert.deepEqual([amp.type, typeof amp.height], ["embed-size", "number"]);
      // Whoever else sends such a message is not listened to.
      const before = await page.locator("iframe").evaluate((e: HTMLElement) => e.style.blockSize);
      await page.evaluate(() => postMessage({ type: "hourglass:height", version: 1, height: 9 }, "*"));
      await page.setViewportSize(PHONE);
      await page.waitForFunction((was) => document.querySelector("iframe")?.style.blockSize !== was, before);
      assert.ok((await page.locator("iframe").evaluate((e: HTMLElement) => e.offsetHeight)) > 350);
    }, { bare: true }));
}

test("without the page's script a frame keeps its height and scrolls", () =>
  onHost({ body: FRAME, head: "" }, async (page) => {
    await ready(page.frames()[1]);
    assert.equal(await page.locator("iframe").evaluate((e: HTMLElement) => e.offsetHeight), 300);
  }, { bare: true }));

test("a page that pins the version loads it by its hash", async () => {
  const list = await (await fetch(`${SITE}/embed/v1.json`)).json();
  const { url, integrity } = list.scripts["v1.js"];
  const integrities = Object.fromEntries(list.files.map((f: { url: string; integrity: string }) => [`${SITE}/embed/${f.url}`, f.integrity]));
  const map = `<script type="importmap">${JSON.stringify({ integrity: integrities })}</script>`;
  await onHost({ body: WIDGET, head: `${map}<script async src="${SITE}/embed/${url}" integrity="${integrity}" crossorigin></script>` }, async (page) => assert.equal(await figure(page), ANSWER));
  await onHost(
    { body: WIDGET, head: `<script async src="${SITE}/embed/${url}" integrity="sha384-${"A".repeat(64)}" crossorigin></script>` },
    async (page) => {
      await page.waitForLoadState("networkidle");
      assert.ok(await page.getByRole("link", { name: "Work it out" }).isVisible());
    },
    { bare: true, allow: /integrity|digest/i },
  );
});
