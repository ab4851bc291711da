/** The widget's facade: it says what the calculator says, loads it when it is seen or touched, and loses nothing that was done meanwhile. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { LANGUAGES } from "../../base/messages.ts";
import { scenarioIds } from "../../base/scenarios.ts";
import { inTurn } from "../turn.ts";
import { axe, launch } from "./browser.ts";
import { ANSWER, EXAMPLE, type Host, RUNNING, SITE, WIDGET, figure, onHost as onHostOf, ready } from "./hosts.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const onHost = (host: Host, body: Parameters<typeof onHostOf>[2], options?: Parameters<typeof onHostOf>[3]) => onHostOf(browser, host, body, { bare: true, ...options });

const FACADE = ".widget.facade";

const widgetWith = (attributes: string) => `<hourglass-calculator kind="subscription" lang="en" ${attributes}>${EXAMPLE}</hourglass-calculator>`;

/** What each widget of a page shows: its answer, and of its fields the title, the figure and its unit. */
const shown = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("hourglass-calculator")].map(({ shadowRoot, kind, attributes }) => {
      const root = shadowRoot as ShadowRoot; // each has one by now
      const text = (css: string, within: ParentNode = root) => within.querySelector<HTMLElement>(css)?.textContent?.trim() ?? "";
      const fields = [...root.querySelectorAll<HTMLElement>(".inputs .field")].flatMap((field) => {
        const name = field.closest<HTMLElement>("[data-name]")?.dataset.name;
        if (!name || field.matches(".records") || field.querySelector("textarea")) return [];
        const controls = [...field.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")].map((c) => (c.type === "radio" ? String((c as HTMLInputElement).checked) : c.value));
        return [[name, text(".name", field), ...[...field.querySelectorAll(".unit")].map((u) => u.textContent), ...controls].join("|")];
      });
      return { kind: kind ?? attributes.getNamedItem("kind")?.value, name: text(".eyebrow"), figure: text(".figure"), sentence: text(".sentence"), length: root.querySelector<HTMLElement>(".figure")?.dataset.length, fields };
    }));

const allShown = (page: Page) => page.waitForFunction(() => [...document.querySelectorAll("hourglass-calculator")].every((e) => e.shadowRoot?.querySelector(".figure")));
const allRun = (page: Page) => page.waitForFunction(() => [...document.querySelectorAll("hourglass-calculator")].every((e) => e.shadowRoot?.querySelector("[part=base]:not([hidden]) .figure")));

for (const lang of ["en", ...inTurn(Object.keys(LANGUAGES).filter((one) => one !== "en"), 2)]) {
  test(`${lang}: of every calculation the facade says what the calculator says`, () =>
    onHost({ body: scenarioIds.map((kind) => `<hourglass-calculator kind="${kind}" lang="${lang}" load="touch" currency="EUR"></hourglass-calculator>`).join("") }, async (page) => {
      await allShown(page);
      const before = await shown(page);
      assert.equal(await page.locator(FACADE).count(), scenarioIds.length);
      await page.locator(FACADE).first().locator("input").first().focus();
      await allRun(page);
      assert.deepEqual(before, await shown(page));
      assert.equal(await page.locator(FACADE).count(), 0);
    }));
}

for (const [name, attributes, options] of [
  ["the visitor's region", "", { locale: "de-DE" }],
  ["a locale of the page's", 'locale="de-CH"', {}],
  ["yen", 'currency="jpy"', {}],
  ["a field hidden, one locked", 'hide="price" lock="cac"', {}],
] as const) {
  test(`${name}: the facade says what the calculator says`, () =>
    onHost({ body: widgetWith(`load="touch" ${attributes}`) }, async (page) => {
      await allShown(page);
      const [before] = await shown(page);
      await page.locator(FACADE).hover();
      await allRun(page);
      const [after] = await shown(page);
      // What is locked is a figure without a field.
      assert.deepEqual(before, { ...after, fields: after.fields.filter((field) => !field.startsWith("cac") || !attributes.includes("lock")) });
    }, options));
}

test("the facade alone is loaded until the widget is touched; what is typed meanwhile counts", () => {
  const asked: string[] = [];
  return onHost({ body: widgetWith('load="touch"') }, async (page) => {
    await page.locator(FACADE).waitFor();
    await page.waitForLoadState("networkidle");
    const entries = () => page.evaluate((site) => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(site)), SITE);
    assert.equal((await entries()).length, 2, `${await entries()}`);
    assert.deepEqual(await axe(page), []);
    assert.equal(await page.locator(`${FACADE} .figure`).innerText(), ANSWER);
    assert.equal(await page.locator("hourglass-calculator p", { hasText: "Work it out" }).isVisible(), false);
    // The engine is held back, so that there is time to type.
    await page.route("**/*.wasm", async (route) => {
      asked.push(route.request().url());
      await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.hasAttribute("data-go"));
      await route.continue();
    });
    const price = page.locator(`${FACADE} [data-name=price] input`).first();
    await price.fill("200");
    await page.locator(`${FACADE} [data-name=period] select`).selectOption("year");
    await page.locator(`${FACADE} [data-name=period] select`).selectOption("month");
    await price.focus();
    await page.keyboard.press("ArrowLeft");
    await page.evaluate(() => document.querySelector("hourglass-calculator")?.setAttribute("data-go", ""));
    await page.locator(RUNNING, { hasText: "$2,782" }).waitFor();
    await page.keyboard.type("9"); // where the cursor was
    await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.input?.price === 2090);
    assert.equal(await page.locator(FACADE).count(), 0);
    assert.equal(asked.length, 1);
  });
});

test("a widget far below is loaded when it is scrolled to, and says that it is ready", () =>
  onHost({ body: `<div style="block-size:4000px"></div>${WIDGET}<script>window.heard = []; addEventListener("hourglass:ready", (e) => heard.push(e.detail.kind))</script>` }, async (page) => {
    await page.locator(FACADE).waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate(() => customElements.get("hourglass-calculator") === undefined), true);
    await page.evaluate(() => scrollTo(0, 4000));
    await ready(page);
    assert.equal(await figure(page), ANSWER);
    await page.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.join() === "subscription");
  }));

test("figures of the page's own are not left to a touch", () =>
  onHost({ body: widgetWith('load="touch" values="price=50&amp;churn_rate=0.1&amp;cac=0&amp;annual_discount_rate=0&amp;gross_margin=1"') }, async (page) => {
    await ready(page);
    assert.equal(await figure(page), "$500"); // 50 for 1/0.1 months
  }));

test("with other figures no answer of the example's is shown", () =>
  onHost({ body: widgetWith('values="price=50"') }, async (page) => {
    await page.locator(FACADE).waitFor();
    const [{ figure, sentence, fields }] = await shown(page);
    assert.deepEqual([figure, sentence], ["…", "…"]);
    assert.deepEqual(fields.filter((field) => /\d/.test(field)), []);
  }, { before: (page) => page.route("**/*.wasm", () => {}) /* never answered */ }));

test("in a form it is loaded at once, since the answer is sent whether it was seen or not", () =>
  onHost({ body: `<div style="block-size:4000px"></div><form>${widgetWith('load="touch" name="worth"')}</form>` }, async (page) => {
    await ready(page);
    const worth = await page.evaluate(() => new FormData(document.querySelector("form") as HTMLFormElement).get("worth"));
    assert.equal(Number(worth).toFixed(2), "1390.93");
  }));

test("its look and its button are there from the first", () =>
  onHost({ body: widgetWith('load="touch" surface="#10243e" accent="#ffd166" radius="20" action-text="Talk to us" action-link="https://example.com/"') }, async (page) => {
    const look = (css: string) => page.locator(css).evaluate((e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color, getComputedStyle(e).borderRadius, getComputedStyle(e).fontSize]);
    await page.locator(FACADE).waitFor();
    const before = [await look(".widget"), await look(".action"), await look(".figure"), await look(".eyebrow")];
    await page.locator(FACADE).hover();
    await allRun(page);
    assert.deepEqual(before, [await look(".widget"), await look(".action"), await look(".figure"), await look(".eyebrow")]);
  }));

test("the button's link takes the answer where it asks for it; the first change and the click are events", () =>
  onHost({ body: `${widgetWith('action-text="Talk to us" action-link="https://example.com/?a=1&amp;worth=#top"')}<script>window.heard = [];
    for (const type of ["interaction", "click"]) addEventListener("hourglass:" + type, (e) => heard.push([type, e.detail.kind, e.detail.field ?? e.detail.link]));
    addEventListener("click", (e) => e.preventDefault());</script>` }, async (page) => {
    await ready(page);
    const link = page.locator("[part=base] .action");
    const worth = async () => Number(new URL((await link.getAttribute("href")) ?? "").searchParams.get("worth")).toFixed(2);
    assert.equal(await worth(), "1390.93");
    const price = page.locator('hourglass-field[data-name="price"] input').first();
    await price.fill("200");
    await page.locator(RUNNING, { hasText: "$2,782" }).waitFor();
    assert.equal(await worth(), "2781.86");
    await price.fill("20x");
    await page.locator("[data-stale]").waitFor();
    assert.equal(await link.getAttribute("href"), "https://example.com/?a=1&worth=#top", "what is out of date goes nowhere");
    await price.fill("100");
    await page.locator(RUNNING, { hasText: ANSWER }).waitFor();
    await link.click();
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[][] }).heard);
    assert.deepEqual(heard.map(([type, kind]) => [type, kind]), [["interaction", "subscription"], ["click", "subscription"]]);
    assert.equal(heard[0][2], "price");
    assert.match(heard[1][2], /^https:\/\/example\.com\/\?a=1&worth=1390\.9293\d*#top$/);
  }));
