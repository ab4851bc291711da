/**
 * The configurator: its controls, its preview and what is copied from it, pasted into bare pages of another origin.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { BASE, DESKTOP, PHONE, axe, fits, launch, type Opening, onPage, overflow } from "./browser.ts";

const { OPTIONS, optionNamed } = await import("../../widget/options.ts");
const { HOSTS } = await import("../../embed/snippets.ts");

const browser = await launch({ passes: true });
/** What somebody else's site serves. */
let pasted = "";
/** Somebody else's site. */
const elsewhere = createServer((_, response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end(pasted)).listen(0, "127.0.0.1");
await once(elsewhere, "listening");

after(() => {
  elsewhere.close();
  return browser.close();
});

declare global {
  /** Put there for the tests: where the configurator draws. */
  function root(): ShadowRoot;
}

const configuring = (fragment: string, body: (page: Page) => Promise<void>, { path = "embed/", ...options }: Opening & { path?: string } = {}) =>
  onPage(browser, path + fragment, async (page) => {
    await previewed(page);
    await page.evaluate(() => {
      for (const group of root().querySelectorAll("details")) group.open = true;
    });
    await body(page);
  }, {
    bare: true, ...options,
    before: async (page) => {
      await page.addInitScript("globalThis.root = () => document.querySelector('hourglass-configurator').shadowRoot");
      await options.before?.(page);
    },
  });

/** Waits for the widget in the preview, with this text in an attribute (null for none). */
async function previewed(page: Page, attribute?: string, text: string | null = null) {
  await page.waitForFunction(([attribute, text]) => {
    const preview = document.querySelector("hourglass-configurator")?.shadowRoot?.querySelector("hourglass-embed-preview");
    const frame = preview?.shadowRoot?.querySelector<HTMLIFrameElement>("iframe:not([data-coming])");
    const widget = frame?.contentDocument?.querySelector("hourglass-calculator");
    // The calculation of a widget that names none may stand there by name, or not, by whether its script was there first.
    const stands = attribute && (widget?.getAttribute(attribute) ?? (attribute === "kind" ? "subscription" : null));
    return widget?.shadowRoot?.querySelector("[part=base]:not([hidden]) .figure") && !preview?.shadowRoot?.querySelector("[data-coming]")
      && (!attribute || stands === (text ?? (attribute === "kind" ? "subscription" : null)));
  }, [attribute, text]);
}

const widget = (page: Page) => page.frameLocator("hourglass-embed-preview iframe:not([data-coming])").locator("hourglass-calculator");

const snippet = (page: Page, nth = 0) => page.locator("pre code").nth(nth).innerText();

const option = (page: Page, name: string) => page.locator(`[data-option="${name}"]`).first();

/** What is done to a control, and the attribute that comes of it. */
const changes: Record<string, [(page: Page) => Promise<unknown>, string]> = {
  kind: [(page) => page.locator("#option-kind").selectOption("average"), "average"],
  kinds: [(page) => tick(page, "kinds", 0, 2), `${optionNamed("kinds").allowed?.[0]} ${optionNamed("kinds").allowed?.[2]}`],
  size: [(page) => side(page, "size", "full"), "full"],
  results: [async (page) => (await unfold(page, "results"), option(page, "results").getByRole("button", { name: "All" }).click()), "all"],
  charts: [(page) => tick(page, "charts", 0), "cumulative"],
  mode: [(page) => page.locator("#option-mode").selectOption("drawer"), "drawer"],
  buttonText: [(page) => page.locator("#option-button-text").fill("Work it out"), "Work it out"],
  values: [(page) => page.locator("#figure-price").fill("1,250.50"), "price=1250.5"],
  lock: [(page) => page.getByLabel("Gross margin: Fixed").check(), "gross_margin"],
  hide: [(page) => page.getByLabel("Gross margin: Hidden").check(), "gross_margin"],
  prefill: [(page) => page.getByLabel("Gross margin: From URL").check(), "gross_margin"],
  lang: [(page) => page.locator("#option-lang").selectOption("de"), "de"],
  locale: [(page) => page.locator("#option-locale").fill("de-CH"), "de-CH"],
  currency: [(page) => page.locator("#option-currency").fill("chf"), "CHF"],
  theme: [(page) => side(page, "theme", "dark"), "dark"],
  accent: [(page) => page.locator("#option-accent").fill("#a0f"), "#aa00ff"],
  surface: [(page) => page.locator("#option-surface").fill("fff8e7"), "#fff8e7"],
  text: [(page) => page.locator("#option-text").fill("#332211"), "#332211"],
  radius: [(page) => page.locator("#option-radius").fill("20"), "20"],
  font: [(page) => side(page, "font", "inherit"), "inherit"],
  actionText: [(page) => page.locator("#option-action-text").fill("Book a call"), "Book a call"],
  actionLink: [(page) => page.locator("#option-action-link").fill("https://example.com/?a=1&b=2"), "https://example.com/?a=1&b=2"],
  load: [(page) => side(page, "load", "now"), "now"],
  dataLayer: [(page) => page.locator("#option-data-layer").check(), ""],
  variant: [(page) => page.locator("#option-variant").fill("b"), "b"],
  name: [(page) => page.locator("#option-name").fill("clv"), "clv"],
};

async function tick(page: Page, name: string, ...which: number[]) {
  await unfold(page, name);
  for (const n of which) await option(page, name).getByRole("checkbox").nth(n).check();
}

/** What a calculation without charts has hidden is folded when it comes back. */
const unfold = (page: Page, name: string) => option(page, name).locator("details").evaluate((details) => details.setAttribute("open", ""));

const side = (page: Page, name: string, value: string) => option(page, name).locator(`input[value="${value}"]`).check();

test("every option has a control that changes the preview, the snippet and the address", () => {
  assert.deepEqual(Object.keys(changes), OPTIONS.map((o) => o.name));
  return configuring("", async (page) => {
    const first = await snippet(page);
    for (const { name, attribute } of OPTIONS) {
      if (name === "buttonText") await page.locator("#option-mode").selectOption("popup");
      if (name === "actionLink") await page.locator("#option-action-text").fill("Go");
      const [change, text] = changes[name];
      await change(page);
      await previewed(page, attribute, text).catch((error) => assert.fail(`${name}: ${error}`));
      const written = await snippet(page);
      assert.notEqual(written, first, name);
      const shown = text.replaceAll("&", "&amp;");
      assert.ok(written.includes(text ? ` ${attribute}="${shown}"` : ` ${attribute} `), `${name}: ${written}`);
      assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get(attribute), text);
      await page.getByRole("button", { name: "Start again" }).click();
      await previewed(page, attribute, null).catch((error) => assert.fail(`${name}, started again: ${error}`));
    }
  });
});

test("in a frame the same options go by the address, those of the script are not offered", () =>
  configuring("#form=frame", async (page) => {
    for (const { name, attribute, forms } of OPTIONS) {
      if (!forms.includes("frame")) assert.equal(await option(page, name).count(), 0, name);
      else if (!["values", "actionLink"].includes(name)) assert.ok(await option(page, name).count(), attribute);
    }
    await page.locator("#option-accent").fill("#aa00ff");
    await previewed(page, "accent", "#aa00ff");
    await page.locator("#figure-price").fill("250");
    await previewed(page, "values", "price=250");
    assert.match(await snippet(page), /widget\.html\?kind=subscription&amp;accent=%23aa00ff&amp;price=250"/);
  }));

test("another calculation drops what it has not got, and keeps the rest", () =>
  configuring("#values=price%3D250%26churn_rate%3D0.1&lock=cac+churn_rate&charts=cumulative&accent=%23aa00ff", async (page) => {
    await page.locator("#option-kind").selectOption("freemium");
    await previewed(page, "kind", "freemium");
    const query = new URLSearchParams(new URL(page.url()).hash.slice(1));
    assert.deepEqual(Object.fromEntries(query), { kind: "freemium", values: "price=250&churn_rate=0.1", lock: "churn_rate", accent: "#aa00ff" });
  }));

test("a configuration is a link; starting again is undone by going back", () =>
  configuring("#kind=average&theme=dark&form=frame&host=shopify", async (page) => {
    assert.equal(await page.locator("#option-kind").inputValue(), "average");
    assert.equal(await page.locator("#host").inputValue(), "shopify");
    assert.ok(await page.locator('[data-form] input[value="frame"]').isChecked());
    await page.getByRole("button", { name: "Start again" }).click();
    await previewed(page, "theme", null);
    await page.goBack();
    await previewed(page, "theme", "dark");
  }));

test("what makes no sense is said beside it and goes nowhere", () =>
  configuring("#action-text=Go", async (page) => {
    const before = await snippet(page);
    for (const [id, text, says] of [["option-action-link", "javascript:alert(1)", /https/], ["option-accent", "red", /hexadecimal/], ["option-locale", "no such", /de-CH/], ["figure-price", "abc", /number/]] as const) {
      await page.locator(`#${id}`).fill(text);
      assert.match(await page.locator(`#${id}-problem`).innerText(), says);
      assert.equal(await page.locator(`#${id}`).getAttribute("aria-invalid"), "true");
    }
    assert.equal(await snippet(page), before);
  }));

test("colours that are hard to read are said to be, with the nearest that pass", () =>
  configuring("#surface=%23ffffff&text=%23999999&accent=%23ffee00", async (page) => {
    const pairs = page.locator(".contrast");
    // WCAG's own formula by hand: #999999 on white is 2.849, #ffee00 on white 1.201.
    assert.match(await pairs.nth(0).innerText(), /2\.8 to 1\. Too faint/);
    assert.match(await pairs.nth(2).innerText(), /1\.2 to 1\. Too faint/);
    for (let i = 0; i < 3; i++) if (await page.locator(".contrast button").count()) await page.locator(".contrast button").first().click();
    assert.equal(await page.locator(".contrast[data-poor]").count(), 0);
    for (const name of ["text", "accent"]) await previewed(page, name, await page.locator(`#option-${name}`).inputValue());
    assert.deepEqual(await axeWithin(page), []);
  }));

/** What axe finds about contrast in the preview. */
async function axeWithin(page: Page) {
  const frame = page.frames().find((f) => f.url().includes("/widget-host"));
  assert.ok(frame);
  return axe(frame, { looks: true }).then((found) => found.filter((f) => f.startsWith("color-contrast")));
}

const HOSTILE = `"><script>document.title='hacked'</script>{{ shop.name }}[gallery]'&quot;</pre>`;

test("hostile words stay words, in the preview and in every snippet", () =>
  configuring(`#${new URLSearchParams({ "action-text": HOSTILE, "action-link": "https://example.com/\"><script>alert(1)</script>" })}`, async (page) => {
    assert.ok((await widget(page).locator(".action").innerText()).includes(HOSTILE));
    for (const { id, forms } of HOSTS) {
      await page.locator("#host").selectOption(id);
      for (const form of forms) {
        if (forms.length > 1) await page.locator(`[data-form] input[value="${form}"]`).check();
        for (const code of await page.locator("pre code").allInnerTexts()) {
          // In React's code braces within a text are the text's.
          assert.doesNotMatch(code, id === "react" ? /<script>(?:document|alert)/ : /<script>(?:document|alert)|\{\{|\[gallery/, `${id}, ${form}`);
        }
      }
    }
    assert.notEqual(await page.title(), "hacked");
  }));

/** Pastes a page together and opens it where the widget is not at home. */
async function onHost(html: string, body: (page: Page) => Promise<void>) {
  pasted = html;
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-US" });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    await body(page);
    assert.deepEqual(errors.filter((e) => !/favicon/.test(e)), []);
  } finally {
    await context.close();
  }
}

const OPTIONED = `#${new URLSearchParams({ values: "price=250&churn_rate=0.04", accent: "#7a1fa2", currency: "EUR", "action-text": HOSTILE, "action-link": "https://example.com/", lock: "churn_rate" })}`;
const bare = (code: string) => `<!doctype html><title>host</title>${code}`;

for (const pinned of [false, true]) {
  test(`what is copied works in a bare page of another origin: the script${pinned ? ", pinned" : ""}`, () =>
    configuring(OPTIONED, async (page) => {
      if (pinned) {
        await page.getByLabel("Pin this version").check();
        await page.waitForFunction(() => root().querySelector("pre")?.innerText.includes("integrity="));
      }
      await page.getByRole("button", { name: "Copy", exact: true }).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await snippet(page));
      assert.ok(copied.includes(`${BASE}embed/v1`));
      const answer = await widget(page).locator(".figure").first().innerText();
      await onHost(bare(copied), async (host) => {
        await host.locator("hourglass-calculator [part=base] .figure").waitFor();
        assert.equal(await host.locator("hourglass-calculator [part=base] .figure").first().innerText(), answer);
        assert.ok((await host.locator("[part=base] .action").innerText()).includes(HOSTILE));
        assert.equal(await host.title(), "host");
        assert.equal(await host.locator("hourglass-calculator").evaluate((e) => getComputedStyle(e).getPropertyValue("--hourglass-accent").trim()), "#7a1fa2");
      });
    }, { permissions: ["clipboard-read", "clipboard-write"] }));
}

test("what is copied works in a bare page of another origin: the frame, at the height that it needs", () =>
  configuring(`${OPTIONED}&form=frame`, async (page) => {
    const code = await snippet(page);
    const answer = await widget(page).locator(".figure").first().innerText();
    await onHost(bare(code), async (host) => {
      const framed = host.frameLocator("iframe").locator("hourglass-calculator");
      await framed.locator(".figure").waitFor();
      assert.equal(await framed.locator(".figure").first().innerText(), answer);
      await fits(host, () => framed.evaluate((e) => e.getBoundingClientRect().height), 1);
      assert.equal(await host.title(), "host");
    });
  }));

test("the block for WordPress is the same code between its marks, and the other hosts' code works as it stands", () =>
  configuring("#host=wordpress", async (page) => {
    const [plain, block] = [await snippet(page), await snippet(page, 1)];
    assert.equal(block, `<!-- wp:html -->\n${plain}\n<!-- /wp:html -->`);
    for (const id of ["elementor", "webflow", "shopify", "squarespace", "hubspot"]) {
      await page.locator("#host").selectOption(id);
      assert.equal(await snippet(page), plain, id);
    }
    for (const id of ["framer", "notion", "wix"]) {
      await page.locator("#host").selectOption(id);
      assert.equal(await snippet(page), `${BASE}widget.html?kind=subscription`, id);
    }
  }));

test("where copying is refused, the text is selected and that is said", () =>
  configuring("", async (page) => {
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByText("Your browser did not allow copying").waitFor();
    assert.equal((await page.evaluate(() => String(getSelection()))).trim(), (await snippet(page)).trim());
  }, { before: (page) => page.addInitScript("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))") }));

test("the configurator itself stands in no frame, and nothing leaves it but what it loads", async () => {
  for (const path of ["embed/", "embed/index.html", "de/embed/"]) {
    const { headers } = await fetch(BASE + path);
    assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/, path);
    assert.equal(headers.get("x-frame-options"), "DENY", path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

/** With looks, its document is that of another; with words, it is so but for the language. */
const looks: [name: string, fragment: string, Parameters<typeof configuring>[2] & { looks?: boolean; words?: boolean }][] = [
  ["desktop", "", {}],
  ["phone", "", { viewport: PHONE, hasTouch: true, isMobile: true }],
  ["dark", "", { colorScheme: "dark", looks: true }],
  ["dark, on a phone, in a frame", "#form=frame&host=notion", { viewport: PHONE, colorScheme: "dark" }],
  ["right to left", "", { path: "ar/embed/", words: true }],
  ["German, on a phone", "#host=wordpress", { path: "de/embed/", viewport: PHONE, words: true }],
  ["Japanese", "#kind=referral&size=full", { path: "ja/embed/", words: true }],
  ["at 320 pixels, as 1280 at 400 %", "#accent=%23ffee00&text=%23999999", { viewport: { width: 320, height: 640 }, looks: true }],
  ["in forced colours", "#accent=%23ffee00", { forcedColors: "active", looks: true }],
];

test("axe finds nothing however it looks, and nothing is wider than the screen", async (t) => {
  for (const [name, fragment, { looks: known, words, ...options }] of looks) {
    await t.test(name, () => configuring(fragment, async (page) => {
      assert.deepEqual(await axe(page, { looks: known, words }), []);
      assert.equal(await overflow(page), 0);
    }, options));
  }
});

test("everything can be reached by keyboard, and is seen to be", () =>
  configuring("", async (page) => {
    const reached = [];
    for (let i = 0; i < 250; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active === document.body) return null;
        const seen = [active, active.nextElementSibling, active.parentElement].some((e) => e && getComputedStyle(e).outlineStyle !== "none");
        return { name: active.id || active.getAttribute("aria-label") || active.textContent?.trim() || "", tag: active.localName, seen };
      });
      if (!at) break;
      assert.ok(at.seen || at.tag === "iframe", `no focus ring on ${at.name}`);
      reached.push(at.name);
    }
    for (const name of ["option-kind", "figure-price", "option-accent", "option-name", "Start again", "host", "Copy"]) {
      assert.ok(reached.includes(name), `${name} was not reached: ${reached}`);
    }
  }));
