// The pictures of the customers page, in a real Chromium on the sample shop: the tables say what is drawn, a keyboard
// reads every value, colours and widths of all kinds pass, and nothing moves when a picture arrives.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DESKTOP, PHONE, WORK, axe, drawn, launch, onPage, overflow } from "./browser.ts";
import type { Page } from "playwright-core";
import type { View } from "../../customers/state.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Values the sample shop, and waits for the last of its pictures. */
async function shop(page: Page, view: View = "overview") {
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.session);
  await page.evaluate((view) => {
    const session = document.querySelector("hourglass-customers")?.session;
    session?.ask({ what: "sample" });
    session?.ask({ what: "view", view });
  }, view);
  await page.locator('[data-name="calibration"] h3').waitFor({ timeout: WORK });
}

const onShop = (name: string, body: (page: Page) => Promise<void>, options?: Parameters<typeof onPage>[3]) =>
  test(name, () => onPage(browser, "customers/", async (page) => (await shop(page), body(page)), { bare: true, ...options }));

const picture = (page: Page, name: string) => page.locator(`figure[data-name="${name}"]`);

/** The rows of a picture's table. */
async function rows(page: Page, name: string) {
  await picture(page, name).locator("summary").click();
  return picture(page, name).locator("tbody tr").evaluateAll((list) =>
    list.map((tr) => Array.from((tr as HTMLTableRowElement).cells, (c) => (c.textContent ?? "").trim())));
}

/** What a plot says at each of its places, by the arrow keys. */
async function readAll(page: Page, name: string, which: number = 0) {
  const plot = picture(page, name).getByRole("slider").nth(which);
  await plot.press("Home");
  const last = Number(await plot.getAttribute("aria-valuemax"));
  const values = [];
  for (let i = 1; i <= last; i++) {
    assert.equal(await plot.getAttribute("aria-valuenow"), String(i));
    values.push(await plot.getAttribute("aria-valuetext"));
    if (i < last) await plot.press("ArrowRight");
  }
  return values;
}

onShop("every picture has its finding, its caption, and what the table says is what the keyboard reads", async (page) => {
  for (const name of ["map", "concentration", "distribution", "cohorts", "newcomers", "months", "tracking", "calibration"]) {
    assert.match(await picture(page, name).locator("h3").innerText(), /\d.*\.$|^None/, name);
    assert.ok((await picture(page, name).locator("figcaption").innerText()).length > 80, name);
  }
  const worth = await rows(page, "distribution");
  assert.deepEqual(await readAll(page, "distribution"), worth.map(([value, n, share]) => `${value}, Customers ${n}, Share ${share}`));
  const won = await rows(page, "newcomers");
  assert.deepEqual(await readAll(page, "newcomers"), won.map(([name, , so_far, to_come]) => `${name}, Still expected ${to_come}, So far ${so_far}`));
  const groups = await rows(page, "calibration");
  const values = await readAll(page, "calibration");
  groups.forEach(([, , actual, expected], i) => assert.ok(values[i]?.endsWith(`Actual ${actual}, Model ${expected}`), values[i] ?? ""));
  const tenths = await rows(page, "concentration");
  const held = await readAll(page, "concentration");
  tenths.forEach((row, i) => assert.equal(held[10 * (i + 1)], `Top ${10 * (i + 1)}%, Future value ${row[3]}, Past spend ${row[6]}`));
});

onShop("the bars are as high as the table says", async (page) => {
  const customers = (await rows(page, "distribution")).map((r) => Number(r[1].replaceAll(",", "")));
  const heights = await picture(page, "distribution").locator("rect.block").evaluateAll((list) => list.map((r) => Number(r.getAttribute("height"))));
  const most = Math.max(...customers);
  // Heights are drawn to a tenth of a pixel.
  heights.forEach((h, i) => assert.ok(Math.abs(h / Math.max(...heights) - customers[i] / most) < 0.001, `bar ${i}`));
});

onShop("a segment on the map leads to its customers, by keyboard", async (page) => {
  const map = picture(page, "map");
  const table = await rows(page, "map");
  const fields = await map.locator("button.field").evaluateAll((list) => list.map((b) => b.textContent?.replace(/\s+/g, " ").trim()));
  for (const [name, customers] of table) assert.ok(fields.some((f) => f?.startsWith(`${name} ${customers} customer`)), name);
  await map.getByRole("button", { name: "At-risk champions" }).press("Enter");
  const asked = await page.evaluate(() => {
    const state = document.querySelector("hourglass-customers")?.session?.state;
    return { view: state?.view, show: state?.settings.show };
  });
  assert.deepEqual(asked, { view: "customers", show: "segment=slipping_champion" });
});

onShop("cohorts by share, by spend, by spend so far", async (page) => {
  const heat = picture(page, "cohorts");
  const january = heat.locator("tbody tr").nth(1).locator("td");
  const texts = async () => (await january.allInnerTexts()).slice(1).filter(Boolean);
  const shares = await texts();
  assert.ok(shares.length === 23 && shares.every((s) => Number(s) <= 100));
  await heat.getByRole("radio", { name: "Cumulative spend per customer" }).press("Space");
  await heat.getByRole("heading", { name: /^A customer has spent \$/ }).waitFor(); // drawn anew: cells that are read before may be gone
  const money = (await texts()).map((s) => Number(s.replace("$", "")));
  assert.ok(money.length === 24 && money.every((v, i) => i === 0 || v >= money[i - 1]), money.join(" "));
});

/** the last: whether its document was seen whole before */
const LOOKS: [string, typeof DESKTOP, Parameters<Page["emulateMedia"]>[0], boolean][] = [
  ["light", DESKTOP, { colorScheme: "light" }, false], ["dark", DESKTOP, { colorScheme: "dark" }, true],
  ["forced colours", DESKTOP, { colorScheme: "light", forcedColors: "active" }, true], ["phone", PHONE, { forcedColors: "none" }, false],
];

onShop("in every look nothing for axe to say, and nothing beside the screen", async (page) => {
  await page.locator("figure details").evaluateAll((list) => list.forEach((d) => ((d as HTMLDetailsElement).open = true)));
  for (const [look, size, media, looks] of LOOKS) {
    await page.setViewportSize(size);
    await page.emulateMedia(media);
    await drawn(page);
    assert.deepEqual((await axe(page, { looks })).filter((v) => v.includes("hourglass-customers-pictures")), [], look);
    assert.equal(await overflow(page), 0, look);
  }
});

// A picture takes the room that was kept for it, in every frame from the first. How many lines its finding takes depends on the list: one
// more than the room has may come.
const LINE = 24;
for (const [name, viewport] of Object.entries({ PHONE, DESKTOP })) test(`nothing moves when a picture arrives: ${name}`, () =>
  onPage(browser, "customers/", async (page) => {
    await page.waitForFunction(() => document.querySelector("hourglass-customers")?.session);
    const heights = await page.evaluate(() => new Promise<Record<string, number[]>>((resolve) => {
      const seen: Record<string, number[]> = {};
      const look = () => {
        const pictures = document.querySelector("hourglass-customers")?.shadowRoot?.querySelector("hourglass-customers-pictures")?.shadowRoot;
        const figures = Array.from(pictures?.querySelectorAll<HTMLElement>("figure.picture") ?? []);
        for (const f of figures) (seen[f.dataset.name ?? ""] ??= []).push(f.getBoundingClientRect().height);
        if (figures.length && figures.every((f) => f.querySelector("h3"))) resolve(seen);
        else requestAnimationFrame(look);
      };
      look();
      document.querySelector("hourglass-customers")?.session?.ask({ what: "sample" });
    }));
    assert.equal(Object.keys(heights).length, 9);
    delete heights.evidence; // the last: what it moves is the page's end
    for (const [figure, seen] of Object.entries(heights)) {
      const moved = Math.max(...seen) - Math.min(...seen);
      assert.ok(moved <= LINE, `${figure}: ${moved} px of ${new Set(seen).size} heights`);
    }
  }, { bare: true, viewport }));
