/** The widget behind a button, in pages that are not ours: a popup, a drawer, a button that floats; opened by the page, and figures from its address. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { DESKTOP, PHONE, axe, launch } from "./browser.ts";
import { ANSWER, EXAMPLE, type Host, RUNNING, SITE, WIDGET, onHost as onHostOf, put, ready } from "./hosts.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const onHost = (host: Host, body: Parameters<typeof onHostOf>[2], options?: Parameters<typeof onHostOf>[3]) => onHostOf(browser, host, body, { bare: true, ...options });

const widgetWith = (attributes: string) => `<hourglass-calculator id="worth" lang="en" ${attributes}>${EXAMPLE}</hourglass-calculator>`;

/** Notes what is told of opening and closing. */
const HEARS = '<script>window.told = []; for (const type of ["open", "close", "interaction", "click"]) addEventListener("hourglass:" + type, (e) => told.push([type, e.detail.kind, e.detail.variant ?? ""].join(" ").trim()))</script>';
const told = (page: Page) => page.evaluate(() => (globalThis as unknown as { told: string[] }).told); // HEARS makes it

const BUTTON = "hourglass-calculator .button";
const DIALOG = "hourglass-calculator .dialog";
const opened = (page: Page) => page.locator(DIALOG).waitFor();

/** Closed, and told so where the page hears it: a dialog says it in a task of its own, when it is out of sight already. */
async function closed(page: Page) {
  await page.locator(DIALOG).waitFor({ state: "hidden" });
  await page.waitForFunction(() => {
    const { told = [] } = globalThis as unknown as { told?: string[] };
    const count = (what: string) => told.filter((one) => one.startsWith(what)).length;
    return count("open") === count("close");
  });
}

/** What has the focus, by its part, field or id, through shadow roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    const name = (e: Element | null) => e?.getAttribute("part") || e?.closest<HTMLElement>("[data-name]")?.dataset.name || e?.id || e?.localName || "";
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return name(at);
  });

const BOXES: [mode: string, name: string, Host, Parameters<typeof onHost>[2], (box: { x: number; y: number; width: number; height: number }, screen: { width: number; height: number }) => boolean][] = [
  ["popup", "in the middle", { body: widgetWith('mode="popup"') }, { viewport: DESKTOP }, (b, s) => Math.abs(b.x + b.width / 2 - s.width / 2) < 2 && b.y > 20],
  ["drawer", "from the right", { body: widgetWith('mode="drawer"') }, { viewport: DESKTOP }, (b, s) => Math.abs(b.x + b.width - s.width) < 2 && b.y === 0 && b.height === s.height && b.width < s.width / 2],
  ["drawer", "from the left, in a page from right to left", { body: widgetWith('mode="drawer"').replace('lang="en"', 'lang="ar"'), html: 'lang="ar" dir="rtl"' }, { viewport: DESKTOP }, (b, s) => b.x === 0 && b.height === s.height],
  ["floating", "in the middle", { body: widgetWith('mode="floating"') }, { viewport: DESKTOP }, (b, s) => Math.abs(b.x + b.width / 2 - s.width / 2) < 2],
  ["popup", "the whole of a phone", { body: widgetWith('mode="popup"') }, { viewport: PHONE, hasTouch: true, isMobile: true }, (b, s) => b.x === 0 && b.y === 0 && b.width === s.width && b.height === s.height],
  ["drawer", "the whole of a phone", { body: widgetWith('mode="drawer"') }, { viewport: PHONE, hasTouch: true, isMobile: true }, (b, s) => b.x === 0 && b.y === 0 && b.width === s.width && b.height === s.height],
];
for (const [mode, name, host, options, isRight] of BOXES) {
  test(`${mode}: ${name}; axe finds nothing, open and closed`, () =>
    onHost(host, async (page) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      assert.deepEqual(await axe(page), []);
      await page.locator(BUTTON).click();
      await ready(page);
      const box = await page.locator(DIALOG).boundingBox();
      const screen = page.viewportSize() ?? DESKTOP;
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${mode}-${name.replaceAll(/\W+/g, "-")}.png` });
      assert.ok(box && isRight(box, screen), `${JSON.stringify(box)} on ${JSON.stringify(screen)}`);
      assert.deepEqual(await axe(page), []);
    }, options));
}

test("nothing but the button is loaded until it is touched; by keyboard it opens, keeps the focus, takes figures, closes at Escape and gives the focus back", () => {
  return onHost({ body: `<a href="/">Before</a>${widgetWith('mode="popup" button-text="Work it out" data-layer variant="b"')}<div style="block-size:3000px"></div>${HEARS}` }, async (page) => {
    await page.locator(BUTTON).waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator(BUTTON).innerText(), "Work it out");
    assert.ok(await page.evaluate(() => customElements.get("hourglass-calculator") === undefined));
    assert.equal(await page.getByRole("link", { name: "Work it out" }).isVisible(), false, "the button stands in its place");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "button");
    await page.keyboard.press("Enter");
    await opened(page);
    assert.equal(await page.locator(DIALOG).getAttribute("aria-label"), "Work it out");
    assert.equal(await page.evaluate(() => document.querySelector("hourglass-calculator")?.hasAttribute("open")), true);
    await ready(page);
    assert.equal(await page.locator(RUNNING).first().innerText(), ANSWER);
    assert.equal(await page.locator(".facade").count(), 0);
    assert.equal(await focused(page), "close");
    // Forward from the last, backward from the first: never into the page behind.
    const reached = new Set<string>();
    for (const key of ["Shift+Tab", ...Array(30).fill("Tab")]) {
      await page.keyboard.press(key);
      reached.add(await focused(page));
    }
    assert.ok(reached.has("input") && reached.has("close"), [...reached].join());
    assert.ok(!reached.has("button") && !reached.has("a"), [...reached].join());
    await page.locator('hourglass-field[data-name="price"] input:not([type=range])').fill("200");
    await page.locator(RUNNING, { hasText: "$2,782" }).waitFor();
    // The page behind stays where it is.
    await page.mouse.move(5, 400);
    await page.mouse.wheel(0, 800);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.keyboard.press("Escape");
    await closed(page);
    await page.waitForFunction(() => !document.querySelector("hourglass-calculator")?.hasAttribute("open"));
    assert.equal(await focused(page), "button");
    assert.equal(await page.evaluate(() => document.documentElement.style.overflow), "");
    await page.keyboard.press("Enter");
    await opened(page);
    assert.equal(await page.locator(RUNNING).first().innerText(), "$2,782", "it is as it was left");
    await page.mouse.click(5, 5);
    await closed(page);
    await page.waitForFunction(() => globalThis.dataLayer?.filter((one) => /close/.test((one as { event: string }).event)).length === 2);
    assert.deepEqual(await told(page), ["open subscription b", "interaction subscription b", "close subscription b", "open subscription b", "close subscription b"]);
    const pushed = await page.evaluate(() => globalThis.dataLayer as { event: string; hourglass: { kind: string; variant?: string } }[]);
    assert.ok(pushed.every(({ hourglass }) => hourglass.variant === "b"), JSON.stringify(pushed));
    assert.deepEqual(pushed.map(({ event }) => event).filter((event) => /open|close/.test(event)), ["hourglass:open", "hourglass:close", "hourglass:open", "hourglass:close"]);
  }, { viewport: DESKTOP });
});

test("without a button of its own a link of the page opens it, and a button that names it; scripts open and close it, before it is loaded and after", () =>
  onHost({ body: `<a id="link" href="#worth">What am I worth?</a> <button id="by" type="button" command="--open" commandfor="worth">Open</button>${widgetWith('mode="drawer" button-text="none"')}${HEARS}` }, async (page) => {
    const attribute = (on: boolean) => page.evaluate((on) => document.querySelector("hourglass-calculator")?.toggleAttribute("open", on), on);
    await page.locator(DIALOG).waitFor({ state: "attached" });
    assert.equal(await page.locator(BUTTON).isVisible(), false);
    await attribute(true);
    await opened(page);
    await attribute(false);
    await closed(page);
    for (const id of ["link", "by"]) {
      await page.locator(`#${id}`).click();
      await ready(page);
      await page.locator("hourglass-calculator .close").click();
      await closed(page);
      assert.equal(await focused(page), id);
    }
    assert.equal(new URL(page.url()).hash, "");
    const property = (open: boolean) => page.evaluate((open) => void Object.assign(document.querySelector("hourglass-calculator") as HTMLElement, { open }), open);
    await property(true);
    await opened(page);
    await property(false);
    await closed(page);
    assert.deepEqual((await told(page)).map((one) => one.split(" ")[0]), Array(4).fill(["open", "close"]).flat());
    // Taken out of the page while it is open, it lets the page go.
    await property(true);
    await opened(page);
    await page.evaluate(() => document.querySelector("hourglass-calculator")?.remove());
    await page.waitForFunction(() => document.documentElement.style.overflow === "");
  }));

test("a mode that comes and goes: the calculator goes behind its button and back", () =>
  onHost({ body: WIDGET }, async (page) => {
    const set = (mode: string) => page.evaluate((mode) => document.querySelector("hourglass-calculator")?.setAttribute("mode", mode), mode);
    await set("popup");
    await page.locator(BUTTON).waitFor();
    assert.equal(await page.locator(RUNNING).first().isVisible(), false);
    await page.locator(BUTTON).click();
    await page.locator(RUNNING).first().waitFor();
    await set("inline");
    await page.locator(BUTTON).waitFor({ state: "detached" });
    assert.equal(await page.locator(RUNNING).first().innerText(), ANSWER);
    assert.equal(await page.locator(DIALOG).count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.style.overflow), "");
  }, { bare: false }));

const POLICIES: Record<string, Host["headers"]> = {
  "a strict policy": { "Content-Security-Policy": `default-src 'none'; img-src data:; script-src ${SITE} 'wasm-unsafe-eval'; connect-src ${SITE}` },
  "trusted types": { "Content-Security-Policy": "require-trusted-types-for 'script'" },
};
for (const [name, headers] of Object.entries(POLICIES)) {
  test(`under ${name} several calculations to choose from open in a popup, in the page's colours`, () =>
    onHost({ body: widgetWith('mode="popup" kinds="average subscription" accent="#7a1fa2" theme="dark"'), headers }, async (page) => {
      await page.locator(BUTTON).click();
      await ready(page);
      assert.equal(await page.locator(".chooser input").count(), 2);
      assert.equal(await page.locator(BUTTON).evaluate((e) => getComputedStyle(e).backgroundColor), "rgb(122, 31, 162)");
      assert.equal(await page.locator(DIALOG).evaluate((e) => getComputedStyle(e).colorScheme), "dark");
    }));
}

test("where the engine may not run, what stands between the tags is in the popup, or in the page", () =>
  onHost({ body: widgetWith('mode="popup"'), headers: { "Content-Security-Policy": `default-src 'none'; img-src data:; script-src ${SITE}; connect-src ${SITE}` } }, async (page) => {
    await page.locator(BUTTON).click();
    await page.getByRole("link", { name: "Work it out" }).waitFor();
    await page.keyboard.press("Escape");
    await closed(page);
  }, { allow: /Content Security Policy|WebAssembly|wasm/i }));

test("the floating button stays in its corner, in the page's language", () =>
  onHost({ body: `<div style="block-size:3000px"></div>${widgetWith('mode="floating"').replace('lang="en"', 'lang="de"')}` }, async (page) => {
    await page.locator(BUTTON, { hasText: "Was ist ein Kunde wert?" }).waitFor();
    const box = await page.locator(BUTTON).boundingBox();
    assert.ok(box && box.x + box.width > DESKTOP.width - 40 && box.y + box.height > DESKTOP.height - 40, JSON.stringify(box));
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(BUTTON).isVisible(), false);
  }, { viewport: DESKTOP }));

test("the page's address gives the figures that prefill names; what makes no sense is said in the console", async () => {
  const address = put({ body: widgetWith('values="price=50&amp;cac=0&amp;annual_discount_rate=0&amp;gross_margin=1" prefill="price churn_rate cac nothing" action-text="Talk" action-link="https://example.com/?worth="') });
  const context = await browser.newContext({ locale: "en-US" });
  try {
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => message.type() === "warning" && said.push(message.text()));
    await page.goto(`${address}?price=99&churn_rate=0.1&cac=lots&gross_margin=0.5&utm_source=mail`);
    await ready(page);
    // 99 for 1/0.1 months; the margin of the address is not asked for, and the cost there is no number.
    assert.equal(await page.locator(RUNNING).first().innerText(), "$990");
    assert.equal(new URL((await page.locator("[part=base] .action").getAttribute("href")) ?? "").searchParams.get("worth"), "990");
    assert.deepEqual(said.filter((text) => text.includes("prefill=")).map((text) => text.split(":", 2).join(":")).sort(), [
      'hourglass: prefill="cac=lots" is not understood. A number is needed.',
      'hourglass: prefill="nothing" is not understood. Here there are',
    ]);
    await page.goto(`${address}?churn_rate=7`);
    await ready(page);
    await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.input?.churn_rate === 0.05);
    assert.match(said.at(-1) ?? "", /prefill="churn_rate=7"/);
  } finally {
    await context.close();
  }
});
