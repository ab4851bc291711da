import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import type { HourglassCalculator } from "../../calculator/calculator.ts";
import { required } from "../../base/certain.ts";
import { TAGS } from "../../base/languages.gen.mjs";
import { scenarioIds } from "../../base/scenarios.ts";
import type { Engine } from "../../engine/engine.ts";
import { TOOLS } from "../../engine/decisions.gen.mjs";
import { inTurn, turn } from "../turn.ts";
import { BASE, PHONE, answer, axe, drawn, field, figure, launch, onPage, overflow, visit } from "./browser.ts";

/** What the tool has simulated, and for which figures. */
interface Simulated {
  found: { draws: number; mean: number; interval: { low: number } };
  drawn: string;
}

declare global {
  /** The prices for which a simulation ran. */
  var simulated: number[];
}

/** What drives the answer: the calculator's, and the example's, which stands in its place until then. */
const DRIVES = "[part=base] > .answer .drives";
const EXAMPLES = ".calculator:not([part]) > .answer .drives";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Opens a decision tool. */
async function open(page: Page, name: string) {
  const tool = page.locator(`.decision[data-tool="${name}"]`);
  await tool.locator("summary").first().click();
  await tool.locator(".tool").waitFor();
  return tool;
}

test("what must be true: a sentence, a button that puts it in, and the nearest where there is no way", () =>
  onPage(browser, "subscription/?cac=600&annual_discount_rate=0", async (page) => {
    const tool = await open(page, "goal");
    // 80 / (3 · 600): the project's formula, without discounting.
    assert.equal(await tool.locator(".finding").innerText(), "Churn rate per period must fall to 4.44% (from 5%).");
    await tool.getByRole("button", { name: "Use 4.44%" }).click();
    assert.equal(await field(page, "churn_rate").input.inputValue(), "4.44444");
    assert.match(await page.locator(".verdict").innerText(), /3×/);
    assert.match(page.url(), /churn_rate=0\.0444444/);
    await tool.getByLabel("Target", { exact: true }).fill("2");
    assert.match(await tool.locator(".finding").innerText(), /^Churn rate per period can rise to 6\.67% \(from 4\.44%\) before CLV:CAC ratio misses 2×\.$/);
    await tool.getByLabel("Figure to change").selectOption("gross_margin");
    await tool.getByLabel("Target", { exact: true }).fill("50");
    assert.match(await tool.locator(".finding").innerText(), /^No Gross margin gives CLV:CAC ratio of 50×\. The nearest is 3\.8×, at 100%\.$/);
    await tool.getByLabel("Result").selectOption("payback_periods");
    await tool.getByLabel("Target", { exact: true }).fill("7");
    assert.match(await tool.locator(".finding").innerText(), /^Gross margin must rise to/);
  }));

test("how sure: ranges, an interval, a chance to reach the target, and the seed", () =>
  onPage(browser, "subscription/?cac=600", async (page) => {
    const tool = await open(page, "sure");
    const finding = tool.locator(".finding");
    await finding.waitFor();
    assert.equal(await tool.locator("fieldset").count(), 4, "the figures that matter most");
    await tool.getByRole("combobox", { name: "Result" }).selectOption("ltv_cac_ratio");
    await finding.filter({ hasText: /^CLV:CAC ratio: 90% of the simulated results lie between 1\.\d× and 2\.\d×\.\s+Above 3× in [\d.]+% of cases\.$/ }).waitFor();
    assert.equal(await tool.getByRole("img", { name: /^Distribution of/ }).locator("rect").count(), 30);
    await tool.getByText(/simulations, seed 1\./).waitFor();
    await tool.getByRole("button", { name: "Simulate again" }).click();
    await tool.getByText(/simulations, seed 2\./).waitFor();
    await tool.getByText("As a table").click();
    await drawn(page);
    assert.equal(await tool.locator(".table tbody tr").count(), 9);
    for (const name of ["Price per period", "Gross margin", "Customer acquisition cost (CAC)"]) await tool.getByRole("button", { name: `${name} is certain` }).click();
    const churn = tool.locator("fieldset");
    assert.equal(await churn.count(), 1);
    await churn.getByLabel("At least").fill("5");
    await churn.getByLabel("At most").fill("5");
    // A range without a width is the calculation.
    await finding.filter({ hasText: /^CLV:CAC ratio: 90% of the simulated results lie between 2\.3× and 2\.3×/ }).waitFor();
    await churn.getByLabel("At most").fill("4");
    await tool.locator(".problem").waitFor();
  }));

test("what matters most: bars, and a grid whose middle is the answer", () =>
  onPage(browser, "subscription/", async (page) => {
    const tool = await open(page, "matters");
    assert.equal(await tool.locator(".tornado tbody tr").count(), 4);
    assert.equal(await tool.locator(".heat .yours").innerText(), await figure(page));
    assert.equal(await tool.locator(".heat tbody td").count(), 49);
    await tool.getByLabel("Columns").selectOption("cac");
    await tool.getByLabel("Result").first().selectOption("payback_periods");
    assert.match(await tool.locator(".heat .yours").innerText(), /months$/);
  }));

test("six sets of figures side by side, all of them in the link", () =>
  onPage(browser, "retention/", async (page) => {
    const tool = await open(page, "compare");
    for (const margin of [110, 120, 130, 140, 150]) {
      await tool.getByRole("button", { name: "Keep these figures to compare" }).click();
      await field(page, "margin").input.fill(String(margin));
    }
    const heads = tool.locator("thead th");
    assert.equal(await heads.count(), 6);
    await tool.getByText("Six sets of figures are kept").waitFor();
    await tool.getByLabel("Name for A").fill("As it was");
    await tool.locator("hourglass-compare").evaluate(async (element: HTMLElement & { requestUpdate(): void, updateComplete: Promise<boolean> }) => {
      element.requestUpdate(); // as when an answer comes meanwhile
      await element.updateComplete;
    });
    await tool.getByLabel("Name for A").press("Enter");
    assert.equal(new URLSearchParams(new URL(page.url()).searchParams.getAll("keep")[0]).get("called"), "As it was");
    const whole = await tool.locator("table").innerText();
    assert.match(whole, /Differences/);
    const values = await tool.locator("tbody:last-of-type tr:nth-child(2) td").evaluateAll((cells) => cells.map((c) => [[...c.childNodes].find((n) => n.nodeType === 3 && n.textContent?.trim())?.textContent, c.querySelector(".difference")?.textContent]));
    const number = (text: string | null | undefined) => Number(String(text).replace("−", "-").replace(/[^\d.-]/g, ""));
    assert.equal(values[0][1], undefined);
    for (const [value, by] of values.slice(1)) assert.ok(Math.abs(number(value) - number(values[0][0]) - number(by)) <= 1.5, `${value} ${by}, from ${values[0][0]}`);
    await tool.getByText("Small figures: the difference from As it was.").waitFor();
    await page.reload();
    await answer(page).waitFor();
    await page.waitForFunction((text) => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector("hourglass-compare")?.shadowRoot?.querySelector("table")?.innerText === text, whole);
    await page.getByRole("button", { name: "Remove C" }).click();
    assert.equal(await heads.count(), 5);
    assert.equal(await tool.getByLabel("Name for A").inputValue(), "As it was");
    await page.getByRole("button", { name: "Go back to As it was" }).click();
    assert.notEqual(await field(page, "margin").input.inputValue(), "150");
  }));

test("a simulation runs for the figures as they stand, not for each that a slider passed", () =>
  onPage(browser, "growth-plan/", async (page) => {
    for (const name of ["goal", "sure"]) await open(page, name);
    await page.locator("hourglass-simulate .finding").waitFor();
    const shown = await page.evaluate((draw) => {
      const calculator = document.querySelector<HourglassCalculator>("hourglass-calculator") as HourglassCalculator;
      const engine = calculator.running as Engine;
      globalThis.simulated = [calculator.input?.price];
      const ask = engine.ask.bind(engine);
      engine.ask = (id, input, encode, decode) =>
        ask(id, input, (...given) => {
          const sent = encode(...given);
          if (sent[0] === draw) simulated.push(input.price);
          return sent;
        }, decode);
      for (let price = 50; price < 90; price++) calculator.input = { ...calculator.input, price };
      return simulated[0];
    }, TOOLS.indexOf("draw"));
    // Runs follow each other in the order of the figures: once the last has come, no other will.
    await page.waitForFunction(() => simulated.includes(89));
    const prices = await page.evaluate(() => simulated);
    assert.deepEqual([...new Set(prices)], [shown, 89], "the figures before the slider moved, and those after");
  }));

test("a simulation always makes the API's ten thousand draws, and comes to the same", () =>
  onPage(browser, "subscription/", async (page) => {
    await open(page, "sure");
    await page.locator("hourglass-simulate").getByText(/^10,000 simulations, seed 1\./).waitFor();
    const { found, drawn } = await page.evaluate(() => {
      const tool = document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector<HTMLElement & Simulated>("hourglass-simulate");
      return { found: tool?.found, drawn: JSON.parse(tool?.drawn ?? "[]") };
    });
    const [calculation, input, result, ranges, seed] = drawn;
    const inputs = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
    const asked = { calculation, inputs, result, seed, ranges: ranges.map(({ whole, ...range }: { whole?: boolean }) => range) };
    const api = await (await fetch(`${BASE}v1/simulate`, { method: "POST", body: JSON.stringify(asked) })).json();
    assert.ok(found);
    assert.equal(found.draws, 10_000);
    assert.ok(Math.abs(found.mean - api.mean) < 1e-9 * api.mean && Math.abs(found.interval.low - api.interval.low) < 1e-9 * api.interval.low, JSON.stringify([found.interval, api.interval ?? api]));
  }));

test("the tools are accessible, and fit a phone", () =>
  onPage(
    browser,
    "subscription/?keep=churn_rate%3D0.04",
    async (page) => {
      for (const name of ["goal", "sure", "matters"]) await open(page, name);
      await page.locator("hourglass-simulate .finding").waitFor();
      assert.deepEqual(await axe(page), []);
      assert.equal(await overflow(page), 0);
      await visit(page, "loyalty-programme/");
      await open(page, "goal");
      assert.match(await page.locator("hourglass-goal .finding").innerText(), /\.$/);
    },
    { viewport: PHONE, hasTouch: true, isMobile: true },
  ));

// What the sentence says of a figure, the calculator says when the figure is typed.
for (const path of ["", "retention/", "de/?currency=EUR"]) {
  test(`a sentence on /${path} says what drives the answer`, () =>
    onPage(browser, path, async (page) => {
      const text = (await page.locator(DRIVES).textContent()) ?? "";
      const name = path.startsWith("retention") ? "retention_rate" : "churn_rate";
      const [low, lower, high, higher] = /(?:[Aa]t|Bei) (\S+?)\s?%\D+?(?:is|beträgt|Ergebnis) (\S+(?:\s€)?), (?:at|bei) (\S+?)\s?%\D+?(?:is|beträgt|es) (\S+(?:\s€)?)\.$/.exec(text)?.slice(1) ?? [];
      const field = page.locator(`hourglass-field[data-name=${name}] input[type=text]`);
      for (const [typed, answer] of [[low, lower], [high, higher]]) {
        await field.fill(typed);
        assert.equal(await page.locator("[part=base] > .answer .figure").textContent(), answer, `${text} ${typed}`);
      }
      // It is said again of the new figures, once they rest.
      await page.waitForFunction((old) => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".drives:not([data-old])")?.textContent !== old, text);
    }));
}

// Of every page, a few a run, in a language each.
for (const [i, id] of inTurn(scenarioIds, Math.ceil(scenarioIds.length / 8)).entries()) {
  const lang = required(TAGS[(i + turn) % TAGS.length], "language");
  const [folder, locale] = lang === "en" ? ["", "en-US"] : [`${lang.toLowerCase()}/`, lang];
  test(`/${folder}${id}/ says what drives the answer in the same words before there is a script`, () =>
    onPage(browser, `${folder}${id}/?currency=USD`, async (page) => {
      const [example, now] = await Promise.all([EXAMPLES, DRIVES].map((where) => page.locator(where).allTextContents()));
      assert.deepEqual(now, example);
      if (id !== "reconcile") assert.match(now[0], /\p{Nd}.*\p{Nd}/u); // of a list of figures none drives the answer
    }, { locale }));
}

test("on a phone it stands under the number, before the fields, and nothing moves when it comes or changes", () =>
  onPage(browser, "", async (page) => {
    const says = page.locator(DRIVES);
    const tops = await Promise.all([answer(page), says, field(page, "price").whole].map(async (part) => (await part.boundingBox())?.y ?? NaN));
    assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
    const { y, height } = (await says.boundingBox()) ?? { y: NaN, height: NaN };
    assert.ok(y + height < PHONE.height, `${y} ${height}`);
    const text = (await says.textContent()) ?? "";
    await field(page, "gross_margin").input.fill("40");
    await page.waitForFunction(([where, old]) => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(`${where}:not([data-old])`)?.textContent !== old, [DRIVES, text]);
    assert.ok((await page.evaluate(() => (window as unknown as { moved: number }).moved)) < 0.001); // set by the script below
  }, {
    viewport: PHONE, hasTouch: true, isMobile: true,
    before: (page) => page.addInitScript(() => {
      const seen = window as unknown as { moved: number }; // a global of this test's own
      seen.moved = 0;
      new PerformanceObserver((list) => {
        // LayoutShift, which TypeScript does not know; what follows a key at once is not one to a visitor.
        for (const { value, hadRecentInput } of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!hadRecentInput) seen.moved += value;
      }).observe({ type: "layout-shift", buffered: true });
    }),
  }));

test("where an answer has no end, no sentence says what drives it beyond every number", () =>
  onPage(browser, "?churn_rate=0", async (page) => {
    assert.doesNotMatch((await page.locator(DRIVES).allTextContents()).join(), /–|NaN|Infinity|∞/);
  }));
