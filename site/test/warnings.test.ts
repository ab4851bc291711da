/** The warnings about customers, in words. */
import assert from "node:assert/strict";
import test from "node:test";
import { Format } from "../base/format.ts";
import { LANGUAGES } from "../base/messages.ts";
import { adviceOn, warningOf } from "../customers/views/model-say.ts";
import { words as layout } from "../engine/customers.gen.mjs";

test("every warning is a sentence with its figure, in every language and number", async () => {
  for (const lang of Object.keys(LANGUAGES)) {
    const { default: words } = await import(`../messages/${lang}/warnings.gen.mjs`);
    const format = new Format({ locale: lang, currency: "EUR" });
    for (const code of layout.warning) {
      for (const number of [0, 1, 2, 3, 11, 1088]) {
        for (const sentence of [warningOf({ code, number }, words, format), adviceOn({ code, number }, words, format)]) {
          assert.equal(typeof sentence, "string", `${lang}: ${code}`);
          assert.doesNotMatch(sentence, /[{}]|undefined|NaN/, `${lang}: ${code}`);
        }
      }
    }
  }
});

test("what shops are off by is written as the language writes per cents", async () => {
  for (const [lang, want] of [["en", /10% to 20%, up to 40% in some shops/], ["de", /10\u00a0% bis 20\u00a0%, bei manchen Shops 40\u00a0%/]] as const) {
    const { default: words } = await import(`../messages/${lang}/warnings.gen.mjs`);
    assert.match(adviceOn({ code: "unchecked", number: 1 }, words, new Format({ locale: lang, currency: "EUR" })), want);
  }
});
