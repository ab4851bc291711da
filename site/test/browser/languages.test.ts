/** Every page in every language: its own words, its direction, its way with numbers. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { LANGUAGES, type Language, directionOf } from "../../base/messages.ts";
import { partsOf, sourceOf } from "../../messages/compile.ts";
import { inTurn } from "../turn.ts";
import { PHONE, answer, axe, drawn, field, figure, launch, onPage, overflow, settled } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const folder = (lang: Language) => (lang === "en" ? "" : `${lang.toLowerCase()}/`);

/** What every language says in the same way: names, and the sources, which are cited in English. */
const SHARED = [
  /Hourglass/, /^[A-Z]{3}$/, /\(\d{4}\)/, /^[A-Z][\w/ .&-]*, (19|20)\d{2}$/, /Shopify|WooCommerce|Stripe|Square|NBD/,
  /^(customer|date|amount|UTF-8)$/, /^(SELECT|WITH|go build|gzip|curl|score|\.\/)/,
];

/** The languages' own names. */
const NAMES = Object.values(LANGUAGES).map((name) => shape(name));

/** All that a language's messages say: that no English sentence is left among them is for messages.test.ts to see. */
const messagesOf = (lang: Language) => [...partsOf(lang).map((part) => sourceOf(lang, part)), sourceOf(lang, lang === "en" ? "catalogue.gen" : "catalogue")].flatMap(Object.values);

/** A message as it may stand on a page, whatever is put in or left out. */
function shape(message: string) {
  let depth = 0;
  let text = "";
  for (const sign of message) {
    if ("{[".includes(sign)) text += depth++ ? "" : "\0";
    else if ("}]".includes(sign)) depth = Math.max(0, depth - 1);
    else if (!depth) text += sign;
  }
  return new RegExp(`^${text.replace(/[.*+?^$()|\\]/g, "\\$&").replaceAll("\0", ".*")}$`, "u");
}

/** The English messages that a language has not translated yet: they stand on its pages, and messages.test.ts lists them. */
const waiting = (lang: Language) => [...partsOf("en"), "catalogue"].flatMap((part) => {
  const own = part === "catalogue" || partsOf(lang).includes(part) ? sourceOf(lang, part) : {};
  return Object.entries(sourceOf("en", part === "catalogue" ? "catalogue.gen" : part)).filter(([key]) => !(key in own)).map(([, text]) => shape(text));
});

/** The texts on the page, those of elements included, and of labels that are heard and not seen. */
const texts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const add = (text: string | null) => text && /\p{L}{3}/u.test(text) && found.add(text.trim());
    const walk = (root: ParentNode) => {
      for (const node of root.childNodes) {
        if (node instanceof Text) add(node.data);
        if (!(node instanceof Element) || ["SCRIPT", "STYLE", "CODE", "PRE", "MATH"].includes(node.tagName.toUpperCase()) || node.getAttribute("translate") === "no") continue;
        for (const name of ["aria-label", "placeholder", "title", "aria-valuetext"]) add(node.getAttribute(name));
        walk(node);
        if (node.shadowRoot) walk(node.shadowRoot);
      }
    };
    walk(document.body);
    return [...found];
  });

function left(english: string[], translated: string[], lang: Language) {
  const shown = messagesOf(lang).map((message) => message.replace(/ \(\{\w+\}\)$/, ""));
  const plain = (text: string) => text.replace(/(,| \() ?[\d.,\s]+\)?$/, "");
  const allowed = [...SHARED, ...NAMES, ...waiting(lang)];
  return translated.filter((text) => english.includes(text) && !shown.includes(plain(text)) && !allowed.some((one) => one.test(text) || one.test(plain(text))));
}

/** Opens all that is folded. */
async function unfold(page: Page) {
  await page.locator("hourglass-calculator details").evaluateAll((list) => list.forEach((d) => d.setAttribute("open", "")));
  await drawn(page);
}

/** Every part of the customers page, with the sample shop in it. */
async function customersTexts(page: Page) {
  await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "sample" }));
  await settled(page);
  const all: string[] = [];
  for (const view of VIEWS) {
    await page.evaluate((hash) => (location.hash = hash), view);
    await page.locator(`.view[data-view="${view}"] > :defined`).first().waitFor();
    await drawn(page);
    all.push(...(await texts(page)));
    assert.ok((await overflow(page)) <= 0, view);
  }
  return all;
}

/** The tables that scroll sideways once they are unfolded. The heat map does, with its cohorts in view. */
const sideways = (page: Page) =>
  page.locator(".view :is(.wide, .scroll):not(.heat)").evaluateAll((all) => {
    for (const one of all) one.closest("details")?.setAttribute("open", "");
    return all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.getAttribute("aria-label")}: ${one.scrollWidth} in ${one.clientWidth}`);
  });

/** The parts of the customers page. */
const VIEWS = ["overview", "customers", "segments", "sources", "campaign", "since", "model", "data", "export"] as const;

/**
 * In every language at each run: a long word breaks a layout in that language alone. The sample shop is valued once; each language draws what
 * is known of it on an element of its own.
 */
test("every part of the customers page and its tables are within the smallest screen, in all languages", () =>
  onPage(browser, "customers/", async (page) => {
    await page.locator("hourglass-customers-import").waitFor();
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "sample" }));
    await settled(page);
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "view", view: "sources" }));
    await page.waitForFunction(() => document.querySelector("hourglass-customers")?.state.sources);
    await settled(page);
    for (const lang of Object.keys(LANGUAGES) as Language[]) { // its keys are the languages
      await page.evaluate(async ({ lang, dir }) => {
        Object.assign(document.documentElement, { lang, dir });
        const last = document.querySelector("hourglass-customers");
        if (!last) throw new Error("no element");
        const next = Object.assign(document.createElement("hourglass-customers"), { lang, locale: lang, engine: last.engine, worker: last.worker, sheets: last.sheets });
        last.replaceWith(next);
        await next.start({}, "overview");
        next.state = next.calm = last.state;
      }, { lang, dir: directionOf(lang) });
      for (const view of VIEWS) {
        await page.evaluate((view) => {
          const element = document.querySelector("hourglass-customers");
          if (!element) throw new Error("no element");
          // While something is worked out, which is said in a line of its own.
          element.state = element.calm = { ...element.state, view, progress: { phase: "following", share: 0.1, started: performance.now() - 60_000 } };
        }, view);
        await page.locator(`.view[data-view="${view}"] > :defined`).first().waitFor();
        await drawn(page);
        assert.equal(await overflow(page), 0, `${lang} ${view}`);
        assert.deepEqual(await sideways(page), [], `${lang} ${view}`);
      }
    }
  }, { viewport: { width: 320, height: 700 }, bare: true }));

/** What the English pages say. */
const english = new Map<string, string[]>();

const CALCULATORS = ["", "hourglass/", "growth-plan/"];

/** English, which the others are compared with; the one that reads from right to left; of those that do as English does, the next at each turn. */
const READ = (Object.keys(LANGUAGES) as Language[]).filter((lang) => lang === "en" || directionOf(lang) === "rtl");
const READ_IN_TURN = inTurn((Object.keys(LANGUAGES) as Language[]).filter((lang) => !READ.includes(lang)), 1);

for (const lang of [...READ, ...READ_IN_TURN]) {
  test(`${lang}: calculators in its own words, within a phone's width, with nothing for axe`, async () => {
    for (const path of CALCULATORS) {
      await onPage(browser, folder(lang) + path, async (page) => {
        assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [lang, directionOf(lang)]);
        assert.equal(await page.locator(".calculator[part=base]").evaluate((base) => getComputedStyle(base).direction), directionOf(lang));
        await unfold(page);
        const shown = await texts(page);
        if (lang === "en") english.set(path, shown);
        else assert.deepEqual(left(english.get(path) ?? [], shown, lang), [], path);
        assert.deepEqual(await axe(page, { words: lang !== "en" }), [], path);
        assert.equal(await overflow(page), 0, path);
      }, { viewport: PHONE, hasTouch: true, isMobile: true });
    }
  });

  test(`${lang}: the customers page too, in all its parts`, () =>
    onPage(browser, `${folder(lang)}customers/`, async (page) => {
      await page.locator("hourglass-customers-import").waitFor();
      const shown = [...(await texts(page)), ...(await customersTexts(page))];
      if (lang === "en") english.set("customers/", shown);
      else assert.deepEqual([...new Set(left(english.get("customers/") ?? [], shown, lang))], []);
      assert.deepEqual(await axe(page, { words: lang !== "en" }), []);
    }, { viewport: PHONE, bare: true }));
}

test("numbers typed the German way are understood, and said so", () =>
  onPage(browser, "de/", async (page) => {
    await field(page, "price").input.fill("1.234,56");
    await page.waitForFunction(() => new URLSearchParams(location.search).get("price") === "1234.56");
    assert.match(await figure(page), /^17\.\d{3}\s\$$/u);
  }));

test("the switch leads to the same page with the same figures", () =>
  onPage(browser, "subscription/?price=1234.5&theme=dark", async (page) => {
    const before = (await figure(page)).replace(/\D/g, "");
    await page.locator(".settings summary").click();
    await page.selectOption("#language", "de");
    await page.waitForURL(/\/de\/subscription\/\?/);
    await answer(page).waitFor();
    const query = new URL(page.url()).searchParams;
    assert.deepEqual([query.get("price"), query.get("theme"), query.get("lang")], ["1234.5", "dark", null]);
    assert.equal((await figure(page)).replace(/\D/g, ""), before);
    await page.locator(".settings summary").click();
    await page.selectOption("#language", "en");
    await page.waitForURL((url) => !url.pathname.includes("/de/"));
    assert.equal(new URL(page.url()).searchParams.get("price"), "1234.5");
  }));

test("the address names a language, and the first page takes the browser's", async () => {
  await onPage(browser, "subscription/?lang=fr&price=50", async (page) => {
    await page.waitForURL(/\/fr\/subscription\/\?price=50$/);
    await answer(page).waitFor();
  });
  await onPage(browser, "", async (page) => {
    await page.waitForURL(/\/ja\//);
    await answer(page).waitFor();
    // English, once it was chosen, is not taken away again.
    await page.locator(".settings summary").click();
    await page.selectOption("#language", "en");
    await page.waitForURL(/\/\?.*lang=en/);
    await answer(page).waitFor();
    await page.locator(".run a").first().click();
    await page.waitForURL(/lang=en/);
    await page.locator("a.brand").click();
    await page.waitForURL(/\/\?.*lang=en/);
    await answer(page).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  }, { locale: "ja-JP" });
});

test("two calculators on one page each speak their own language", () =>
  onPage(browser, "subscription/", async (page) => {
    await page.evaluate(() => {
      const first = document.querySelector("hourglass-calculator") as HTMLElement;
      for (const lang of ["de", "ar"]) {
        const element = first.cloneNode() as HTMLElement;
        Object.assign(element, { lang });
        element.id = `in-${lang}`;
        first.after(element);
      }
    });
    for (const [lang, name] of [["de", "Ihre Zahlen"], ["ar", "أرقامك"]]) {
      const base = page.locator(`#in-${lang} .calculator[part=base]`);
      await base.waitFor();
      assert.deepEqual(await base.evaluate((b: HTMLElement) => [b.lang, b.dir, getComputedStyle(b).direction]), [lang, directionOf(lang), directionOf(lang)]);
      assert.equal(await base.locator("form").getAttribute("aria-label"), name);
    }
    assert.equal(await page.locator("hourglass-calculator:not([id]) form").getAttribute("aria-label"), "Your figures");
    // A language that changes takes the figures along.
    await page.evaluate(() => document.getElementById("in-de")?.setAttribute("lang", "es"));
    await page.waitForFunction(() => document.getElementById("in-de")?.shadowRoot?.querySelector(".calculator")?.getAttribute("lang") === "es");
    assert.deepEqual(await axe(page).then((found) => found.filter((f) => !f.includes("duplicate-id"))), []);
  }));
