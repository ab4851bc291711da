import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { PHONE, answer, drawn, example, field, figure, launch, onPage, visit } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

test("the answer and every input are in view on a desktop", () =>
  onPage(browser, "subscription/", async (page) => {
    assert.equal(await figure(page), "$1,391");
    assert.match(await page.locator(".sentence:visible").innerText(), /CLV is about \$1,391 over 20 months\. You can spend up to \$464/);
    for (const name of ["price", "period", "gross_margin", "churn_rate", "cac"]) {
      const box = await field(page, name).whole.boundingBox();
      assert.ok(box && box.y + box.height < 800, `${name} is below the fold`);
    }
    assert.match(await page.locator(".verdict").innerText(), /3\.5×[\s\S]*Meets your target of 3×[\s\S]*5\.7 months/);
  }));

test("typing moves the slider, the answer and the address", () =>
  onPage(browser, "subscription/", async (page) => {
    const price = field(page, "price");
    const before = await price.slider.inputValue();
    await price.input.fill("200");
    assert.equal(await figure(page), "$2,782");
    assert.ok(Number(await price.slider.inputValue()) > Number(before));
    assert.equal(new URL(page.url()).search, "?price=200&currency=USD");
    await page.locator("[role=status]").filter({ hasText: "$2,782" }).waitFor({ state: "attached" });
  }));

test("the slider of a figure that was left out says so", () =>
  onPage(browser, "subscription/", async (page) => {
    const { input, slider, whole } = field(page, "cac");
    assert.equal(await slider.getAttribute("aria-valuetext"), "$400.00");
    await whole.locator("button.clear").click();
    assert.equal(await input.inputValue(), "");
    assert.equal(await slider.getAttribute("aria-valuetext"), "optional");
    await input.fill("about 5");
    assert.equal(await slider.getAttribute("aria-valuetext"), "about 5");
  }));

test("a slider moves the field and the answer in the same frame", () =>
  onPage(browser, "subscription/", async (page) => {
    const { slider, input } = field(page, "churn_rate");
    const frames = await slider.evaluate(async (element) => {
      const figure = (element.getRootNode() as ShadowRoot).querySelector(".figure") as HTMLElement;
      await new Promise(requestAnimationFrame);
      const before = figure.innerText;
      (element as HTMLInputElement).value = "300";
      element.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
      return [before, figure.innerText];
    });
    assert.notEqual(frames[1], frames[0]);
    assert.equal(frames[1], await figure(page));
    assert.equal(await input.inputValue(), "0.65");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await input.inputValue(), "0.66");
    await input.focus();
    await page.keyboard.press("ArrowUp");
    assert.equal(await input.inputValue(), "0.67");
  }));

test("one action stands apart: it shares the link, or copies it where the system hands on none; another embeds the figures", () =>
  onPage(browser, "subscription/?price=250&currency=EUR", async (page) => {
    const shared = () => page.evaluate(() => (window as unknown as { shared: ShareData }).shared); // set by the line below
    await page.evaluate(() => Object.assign(navigator, { share: async (what: ShareData) => void Object.assign(window, { shared: what }) }));
    await page.getByRole("button", { name: "Share" }).click();
    assert.match((await shared()).url ?? "", /subscription\/\?price=250&.*currency=EUR/);
    await page.evaluate(() => Object.assign(navigator, { share: undefined }));
    await page.getByRole("button", { name: "Share" }).click();
    await page.locator(".answer").getByText("Copied").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await shared()).url);
    // What a browser does not let a page copy stands there, selected.
    await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.reject(new Error("refused")) }));
    await page.getByRole("button", { name: "Share" }).click();
    const uncopied = page.getByRole("textbox", { name: /did not allow copying/ });
    await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.localName === "textarea");
    assert.equal(await uncopied.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)), (await shared()).url);
    await page.getByRole("link", { name: "Embed this" }).click();
    await page.getByText('values="price=250" currency="EUR"').waitFor();
  }, { permissions: ["clipboard-read", "clipboard-write"] }));

test("a link carries everything, through reload, back and forward", () =>
  onPage(
    browser,
    "subscription/?currency=EUR&locale=de-DE&theme=dark",
    async (page) => {
      await field(page, "price").input.fill("1.234,5");
      await field(page, "cac").whole.getByRole("button").click();
      await page.getByText("Details").click();
      await field(page, "horizon_periods").input.fill("24");
      await field(page, "payment_timing").whole.getByText("At the end").click();
      const shown = await figure(page);
      assert.match(shown, /^\d{2}\.\d{3}\s€$/);
      await page.getByRole("button", { name: "Copy link" }).click();
      await page.getByText("Copied").first().waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      for (const part of ["price=1234.5", "cac=", "horizon_periods=24", "payment_timing=end", "currency=EUR", "locale=de-DE", "theme=dark"]) {
        assert.ok(link.includes(part), part);
      }
      await page.goto(link);
      await answer(page).filter({ hasText: shown }).waitFor();
      assert.equal(await field(page, "horizon_periods").input.inputValue(), "24");
      await page.reload();
      await answer(page).filter({ hasText: shown }).waitFor();
      await field(page, "price").input.fill("1");
      await field(page, "churn_rate").input.fill("10");
      await page.goBack();
      assert.equal(await field(page, "churn_rate").input.inputValue(), "5");
      await page.goBack();
      assert.equal(await figure(page), shown);
      await page.goForward();
      assert.equal(await field(page, "price").input.inputValue(), "1");
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

/** Field, what is typed, and what is said beside it. */
const bad: [string, string, string, RegExp][] = [
  ["subscription/", "price", "-5", /Price per period must be at least \$0/],
  ["subscription/", "price", "abc", /Price per period is not a number/],
  ["subscription/", "price", "", /Price per period is missing/],
  ["subscription/", "price", "1e308", /must be at most \$1\D/],
  ["subscription/", "gross_margin", "140", /Gross margin must be at most 100%/],
  ["subscription/", "churn_rate", "101", /must be at most 100%/],
  ["subscription/", "horizon_periods", "0", /Time horizon must be at least 1/],
  ["subscription/", "horizon_periods", "2.5", /whole number/],
  ["subscription/", "target_ratio", "0", /must be more than 0/],
  ["churn-interval/", "lost", "1001", /can be at most 1,000/],
  ["retention-curve/", "survivors", "1000\n631\n700", /value 3.* is higher than the value before/],
  ["retention-curve/", "survivors", "1000", /at least 3 values/],
  ["retention-curve/", "survivors", "1000\nmany\n400", /is not a number/],
];

test("what cannot be is said beside its field, and the last answer stays", () =>
  onPage(browser, "subscription/", async (page) => {
    for (const [path, name, text, says] of bad) {
      await visit(page, path);
      const { input, whole } = field(page, name);
      const before = await figure(page);
      await whole.evaluate((element) => element.closest("details")?.setAttribute("open", ""));
      await input.fill(text);
      const problem = whole.locator(".problem");
      assert.match(await problem.innerText(), says, `${name} = ${text}`);
      assert.equal(await input.getAttribute("aria-invalid"), "true");
      const described = (await input.getAttribute("aria-describedby"))?.split(" ") ?? [];
      assert.ok(described.includes((await problem.getAttribute("id")) ?? ""), name);
      assert.equal(await figure(page), before, "the last good answer stays");
      assert.doesNotMatch(await page.locator(".calculator:visible").innerText(), /NaN|Infinity|undefined|\bnull\b/);
    }
  }));

test("a fraction typed for a share is offered as the share it may have meant", () =>
  onPage(browser, "subscription/", async (page) => {
    const { input, whole } = field(page, "churn_rate");
    await input.fill("0.05");
    await whole.getByRole("button", { name: "Did you mean 5%?" }).click();
    assert.equal(await input.inputValue(), "5");
    await input.fill("0.5");
    assert.equal(await whole.getByRole("button", { name: /Did you mean/ }).count(), 0, "half a per cent may well be meant");
  }));

test("a bad link says so beside each field, and shows the example", () =>
  onPage(browser, "subscription/?price=-5&gross_margin=x&churn_rate=1&churn_rate=2&period=fortnight&horizon_periods=0&nonsense=1", async (page) => {
    assert.equal(await figure(page), "$1,391");
    for (const name of ["price", "gross_margin", "churn_rate", "period", "horizon_periods"]) {
      assert.ok(await field(page, name).whole.locator(".problem").isVisible(), name);
    }
  }));

test("what discounting limits is valued whole, and what has no limit within five years", () =>
  onPage(browser, "subscription/?churn_rate=0", async (page) => {
    // Discounting limits what nobody leaves: 80 · (1 + d) / d, d a month at 10 % a year.
    assert.match(await page.locator(".answer .note:visible").innerText(), /has no limit here; only the discount rate limits the value/);
    assert.equal(await figure(page), "$10,112");
    await page.getByText("Details").first().click();
    await field(page, "annual_discount_rate").input.fill("0");
    // Nothing limits it now: 60 months of 80.
    assert.match(await page.locator(".answer .note:visible").innerText(), /no limit, so 5 years are counted/);
    assert.equal(await figure(page), "$4,800");
    await page.getByRole("button", { name: "Go to Churn rate per period" }).click();
    assert.equal(await field(page, "churn_rate").input.evaluate((e) => e === (e.getRootNode() as ShadowRoot).activeElement), true);
    await field(page, "churn_rate").input.fill("100");
    assert.equal(await figure(page), "$80.00");
    assert.match(await page.locator(".answer:visible").innerText(), /CLV, \$[\d,.]+, is below the acquisition cost/);
  }));

test("a figure that only some results need may be left out: the answer is another, and says what is missing", () =>
  onPage(browser, "churn-interval/?price=", async (page) => {
    const [figure, sentence] = [page.locator("[part=figure]"), page.locator("[part=sentence]")];
    assert.equal(await figure.innerText(), "2%"); // 20 of 1,000
    assert.match(await sentence.innerText(), /^Churn is about 2%\. The 95% interval goes from 1\.3% to 3\.07%\. Enter a price/); // Wilson
    await page.locator("#field-price").fill("100");
    assert.equal(await figure.innerText(), "$4,250"); // 85 / 0.02
    for (const [path, says] of [
      ["retention-curve/?margin=", /^A customer is worth about 3\.6× the margin of one period\. Enter the margin/], // 362.11 at a margin of 100: Fader and Hardie
      ["growth-plan/?new_customers=", /^CLV is \$[\d,]+ today and \$[\d,]+ with the plan\.$/],
      ["service/?new_customers=", /^(This adds|This costs) \$[\d.,]+ (more )?per customer/],
      ["acquisition-retention/?prospects=", /^Per 1 spent/],
    ] as const) {
      await visit(page, path);
      assert.match(await sentence.innerText(), says, path);
      assert.match(await page.locator("[part=answer]").innerText(), /No figure for/, path);
      assert.doesNotMatch(await page.locator("body").innerText(), /NaN|undefined/, path);
    }
  }));

test("undo takes back what was typed, nudged or dragged", () =>
  onPage(browser, "subscription/", async (page) => {
    const { input, slider } = field(page, "price");
    await input.fill("200");
    await input.blur();
    await input.press("ArrowUp");
    assert.notEqual(await input.inputValue(), "200");
    await input.press("Control+z");
    assert.equal(await input.inputValue(), "200");
    await slider.press("End");
    assert.notEqual(await input.inputValue(), "200");
    await slider.press("Control+z");
    assert.equal(await input.inputValue(), "200");
    await input.press("Control+z");
    assert.equal(await input.inputValue(), "100");
    await input.press("Control+z");
    assert.equal(await input.inputValue(), "100");
    assert.equal(await figure(page), "$1,391");
  }));

test("names on a chart meet neither each other nor its end, and long lives are told in years", () =>
  onPage(browser, "subscription/", async (page) => {
    assert.match((await page.locator(".plot .tick").allTextContents()).join(" "), /4\S* years/);
    for (const width of [320, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const figures of ["", "?cac=1380", "?cac=1200&churn_rate=0.02", "?cac=30", "?cac=900&horizon_periods=24", "?cac=85", "ar/subscription/", "de/subscription/?cac=1370"]) {
        await visit(page, figures.startsWith("?") || !figures ? `subscription/${figures}` : figures);
        const { meeting, outside } = await page.evaluate(() => {
          const root = document.querySelector("hourglass-calculator")?.shadowRoot as ShadowRoot;
          const charts = [...root.querySelectorAll(".chart:not(.small) .plot svg")].map((svg) => ({ svg, texts: [...svg.querySelectorAll("text")] }));
          const box = (e: Element) => e.getBoundingClientRect();
          const meet = (a: DOMRect, b: DOMRect) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
          return {
            meeting: charts.flatMap(({ texts }) => texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => meet(box(a), box(b))).map((b) => `${a.textContent} / ${b.textContent}`))),
            outside: charts.flatMap(({ svg, texts }) => texts.filter((t) => box(t).right > box(svg).right + 2).map((t) => t.textContent)),
          };
        });
        assert.deepEqual({ meeting, outside }, { meeting: [], outside: [] }, `${figures} at ${width}`);
      }
    }
  }));

test("paper has every figure that counts, folded away or not, and whole equations", () =>
  onPage(browser, "subscription/", async (page) => {
    // A4 within its margins, in CSS pixels.
    await page.setViewportSize({ width: 688, height: 1048 });
    for (const path of ["subscription/", "rare-purchases/", "loyalty-programme/"]) {
      await visit(page, path);
      await page.emulateMedia({ media: "print" });
      const { missing, empty, cut } = await page.evaluate(() => {
        const root = document.querySelector("hourglass-calculator")?.shadowRoot as ShadowRoot;
        const isSeen = (e: Element) => e.getBoundingClientRect().height > 0;
        const fields = [...root.querySelectorAll("form.inputs .field")];
        const isEmpty = (e: Element) => e.querySelector<HTMLInputElement>(".entry input")?.value === "";
        const name = (e: Element) => e.querySelector(".name")?.textContent;
        return {
          missing: fields.filter((e) => !isEmpty(e) && !isSeen(e)).map(name),
          empty: fields.filter((e) => isEmpty(e) && isSeen(e)).map(name),
          cut: [...root.querySelectorAll(".formula math *")].filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.textContent),
        };
      });
      assert.deepEqual({ missing, empty, cut }, { missing: [], empty: [], cut: [] }, path);
      await page.emulateMedia({ media: null });
    }
  }));

test("an answer goes out as JSON, cURL, CSV and a table", () =>
  onPage(
    browser,
    "subscription/",
    async (page) => {
      const copied = async (name: string) => {
        await page.getByRole("button", { name }).click();
        await page.getByText("Copied").first().waitFor();
        return page.evaluate(() => navigator.clipboard.readText());
      };
      const json = JSON.parse(await copied("Copy as JSON"));
      assert.equal(json.calculation, "subscription");
      assert.ok(Math.abs(json.result.clv - 1390.9293115471398) < 1e-9);
      assert.match(await copied("Copy cURL"), /^curl .*"churn_rate":0\.05.* http:\/\/[^/]+\/v1\/subscription$/);
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download CSV" }).click()]);
      const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
      assert.equal(download.suggestedFilename(), "hourglass-subscription.csv");
      assert.equal(rows[0], "period,survival,margin,cumulative");
      assert.equal(rows[1], "1,1,80,80");
      await page.getByText("As a table").click();
      await drawn(page);
      assert.equal(await page.locator("tbody tr").count(), rows.length - 1);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("the chart is read by keyboard and pointer, and the glass runs with it", () =>
  onPage(browser, "subscription/", async (page) => {
    const plot = page.getByRole("slider", { name: "Value so far: read the chart at" });
    assert.match((await plot.getAttribute("aria-valuetext")) ?? "", /^Month 12, Value so far \$708/);
    await plot.focus();
    await page.keyboard.press("ArrowRight");
    assert.match((await plot.getAttribute("aria-valuetext")) ?? "", /^Month 13/);
    await page.keyboard.press("End");
    const glass = page.getByRole("img", { name: /^Hourglass/ });
    assert.match((await glass.getAttribute("aria-label")) ?? "", /\$1,323 has come in/);
    const box = await plot.boundingBox();
    if (box) await page.mouse.move(box.x + 80, box.y + 50);
    assert.match((await plot.getAttribute("aria-valuetext")) ?? "", /^Month [1-4],/);
    assert.match(await page.locator(".break-even").textContent() ?? "", /Break-even 5\.7 months/);
  }));

test("the formula takes the visitor's figures, each where its letter stood", () =>
  onPage(browser, "repeat-purchase/", async (page) => {
    const math = page.getByRole("group", { name: "With your figures" }).locator("math");
    const printed = (await math.textContent())?.replace(/\s/g, "") ?? "";
    assert.ok(printed.startsWith("$570.07=(60⋅0.25−40)+(60⋅0.25−1.5)⋅0.978555−0.978555157"), printed);
    assert.equal(await math.locator("msup").first().evaluate((e) => e.children.length), 2);
    await page.goto(new URL("../annual-plan/", page.url()).href);
    await math.waitFor();
    assert.ok(((await math.textContent()) ?? "").replace(/\s/g, "").startsWith("$200.00=12⋅100(1−0.25)"), "a figure beside a figure is a product");
  }));

test("currency, theme and another calculation", () =>
  onPage(browser, "", async (page) => {
    await page.locator(".settings summary").click();
    await page.locator("#currency").selectOption("GBP");
    assert.equal(await figure(page), "£1,391");
    await page.locator("#currency").selectOption("Other");
    await page.locator("#currency-code").fill("nok");
    assert.match(await figure(page), /^NOK\s13,909$/); // the example, in money of the currency
    await page.locator("#theme").selectOption("dark");
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
    assert.match(await page.locator(".settings summary").innerText(), /NOK, English/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#theme").isVisible(), false);
    await page.locator(".pages-top").getByRole("link", { name: "Calculators" }).click();
    await page.getByRole("link", { name: "Everyday shop" }).click();
    await page.waitForURL(/repeat-purchase\/\?currency=NOK&theme=dark$/);
    await answer(page).filter({ hasText: /NOK\s5,70\d/ }).waitFor();
    await page.goBack();
    await answer(page).filter({ hasText: /NOK\s13,909/ }).waitFor();
  }));

test("without JavaScript there is the computed example, its formula and its assumptions", () =>
  onPage(
    browser,
    "subscription/",
    async (page) => {
      assert.equal(await example(page).innerText(), "$1,391");
      assert.ok(await page.locator("math").first().isVisible());
      assert.ok(await page.getByText("Churn is the same for all customers").isVisible());
      assert.ok(await page.getByText("This is a calculated example.").isVisible());
      assert.equal(await page.locator("#theme").isVisible(), false);
    },
    { javaScriptEnabled: false, bare: true },
  ));

test("without its engine the page keeps the example and says so", () =>
  onPage(
    browser,
    "subscription/",
    async (page) => {
      assert.ok(await page.getByText("The calculator could not start").isVisible());
      assert.ok(await example(page).isVisible());
    },
    { allow: /Failed to (load|fetch)|preload/i, before: (page) => page.route(/engine[^/]*\.wasm$/, (route) => route.abort()) },
  ));

test("on a phone the answer comes first, and follows", () =>
  onPage(
    browser,
    "subscription/",
    async (page) => {
      const box = await answer(page).boundingBox();
      assert.ok(box && box.y + box.height < PHONE.height / 2);
      await field(page, "churn_rate").input.scrollIntoViewIfNeeded();
      await page.mouse.wheel(0, 500);
      await page.locator(".bar[data-shown]").waitFor();
      assert.equal(await page.locator(".bar b").innerText(), "$1,391");
      await page.evaluate(() => Object.assign(navigator, { share: undefined }));
      await page.locator(".bar").getByRole("button", { name: "Share" }).click();
      await page.locator(".bar").getByText("Copied").waitFor();
    },
    { viewport: PHONE, hasTouch: true, isMobile: true, permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("it prints on one page", () =>
  onPage(browser, "subscription/", async (page) => {
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1);
  }));
