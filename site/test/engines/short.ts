/** The short set that every engine passes, beside the long one in Chromium: each kind of page, a typed figure, a file of orders, the widget, right to left. */
import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { ANSWER, FRAMED, WIDGET, put } from "../browser/hosts.ts";
import { BASE } from "../browser/browser.ts";
import { inTurn } from "../turn.ts";
import { type Tab, figure, told } from "./tab.ts";
import type { State } from "../../customers/state.ts";

/** Runs a test in a fresh tab. */
type OnTab = (body: (tab: Tab) => Promise<void>) => Promise<void>;

/** A page of each kind, of calculators some in turn, by its address, and what stands on it once its scripts run. */
const KINDS: Record<string, string> = {
  "": "hourglass-calculator", "hourglass/": "hourglass-calculator", [inTurn(["retention/", "annual-plan/", "for/shop/"], 1)[0]]: "hourglass-calculator",
  "customers/": "hourglass-customers", "embed/": "hourglass-configurator", "calculators/": ".menu", "benchmarks/": ".benchmarks",
  "docs/": ".docs-index", "docs/api/subscription/": "#example-answer", "widget.html?kind=subscription": "hourglass-calculator",
};

const log = fileURLToPath(new URL("../../../core/orders/testdata/CDNOW_sample.txt.gz", import.meta.url));

export function shortSet(onTab: OnTab) {
  for (const [path, shown] of Object.entries(KINDS)) {
    test(`/${path} comes up`, () =>
      onTab(async (tab) => {
        await tab.go(BASE + path);
        if (shown === "hourglass-calculator") assert.match(await figure(tab), /\d/);
        await told(tab, (css) => {
          const element = document.querySelector<HTMLElement>(css);
          return element?.checkVisibility() && element.offsetHeight > 40 && !document.querySelector(":not(:defined)");
        }, shown);
        assert.ok((await tab.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0, "wider than the screen");
      }));
  }

  test("a figure that is typed changes the answer and the address", () =>
    onTab(async (tab) => {
      await tab.go(`${BASE}subscription/?lang=en&currency=USD`);
      const before = await figure(tab);
      await tab.run(() => {
        const field = document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector('hourglass-field[data-name="price"]');
        const input = (field?.shadowRoot ?? field)?.querySelector<HTMLInputElement>("input:not([type=range])");
        input?.focus();
        input?.select();
      });
      await tab.type("200");
      const after = await told(tab, (old) => {
        const now = document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector<HTMLElement>("[part=base]:not([hidden]) .figure")?.innerText;
        return now !== old && location.search.includes("price=200") && now;
      }, before);
      // The value is in proportion to the price; the figures are rounded to whole dollars.
      const dollars = (text: string) => Number(text.replace(/[$,]/g, ""));
      assert.ok(Math.abs(dollars(after) - 2 * dollars(before)) <= 1.5, `${after} for twice ${before}`);
    }));

  test("CDNOW's raw log, chosen as a file, gives the published parameters (Fader, Hardie & Lee 2005)", () =>
    onTab(async (tab) => {
      await tab.go(`${BASE}customers/?kind=bgnbd&holdout_days=273`);
      const input = () => document.querySelector("hourglass-customers")?.shadowRoot?.querySelector("hourglass-customers-import")?.shadowRoot?.querySelector<HTMLInputElement>("input[type=file]");
      await told(tab, () => !!document.querySelector("hourglass-customers")?.shadowRoot?.querySelector("hourglass-customers-import")?.shadowRoot?.querySelector("input[type=file]"));
      await tab.choose(input, log);
      const { r, alpha, a, b } = await told(tab, () => {
        const state: State | undefined = document.querySelector("hourglass-customers")?.state;
        return state?.phase === "ready" && state.model?.file.parameters;
      });
      for (const [got, want] of [[r, 0.243], [alpha, 4.414], [a, 0.793], [b, 2.426]]) assert.ok(Math.abs(got - want) < 0.0005, `${got} for ${want}`);
    }));

  test("a host frames the widget, and has it as an element", () =>
    onTab(async (tab) => {
      await tab.go(put({ body: `${FRAMED}${WIDGET}` }));
      assert.equal(await figure(tab), ANSWER);
      await tab.within("iframe", async (frame) => assert.equal(await figure(frame), ANSWER));
    }));

  test("Arabic reads from right to left: each thing stands where English has it, mirrored", async () => {
    type Seen = { ends: number[][]; wide: number; direction: string };
    // Each in a tab of its own: of a page that is left while it still loads, Firefox complains.
    const seen = async (path: string) => {
      let found: Seen | undefined;
      await onTab(async (tab) => {
        await tab.go(`${BASE}${path}subscription/?currency=USD&lang=${path.slice(0, 2) || "en"}`);
        assert.match(await figure(tab), /1,391/); // the catalogue's example, in Latin digits in either language
        found = await tab.run(() => {
          const root = document.querySelector("hourglass-calculator")?.shadowRoot;
          const { clientWidth, scrollWidth } = document.documentElement;
          const ends = [".answer", ".inputs", ".evidence"].map((css) => {
            const { left, right } = (root?.querySelector(css) ?? document.body).getBoundingClientRect();
            return [left, clientWidth - right];
          });
          return { ends, wide: scrollWidth - clientWidth, direction: getComputedStyle(root?.querySelector(".calculator") ?? document.body).direction };
        });
      });
      assert.ok(found);
      return found;
    };
    const [english, arabic] = [await seen(""), await seen("ar/")];
    assert.equal(arabic.direction, "rtl");
    assert.ok(arabic.wide <= 0, "wider than the screen");
    // Within a pixel: a browser rounds either end.
    arabic.ends.forEach((ends, i) => ends.forEach((end, k) => assert.ok(Math.abs(end - english.ends[i][1 - k]) <= 1, JSON.stringify([english.ends, arabic.ends]))));
  });
}
