// The search in the header: what people type finds what they mean, in every language's script, with a letter wrong.
import assert from "node:assert/strict";
import test from "node:test";
import { type Found, plain, search, wordsOf } from "../menu/find.ts";
import { blankOf, calculationOf, loadScenario, startOf } from "../base/scenarios.ts";
import { answerFor } from "../calculator/answers.ts";
import { Engine } from "../engine/engine.ts";
import { readFileSync } from "node:fs";

const entry = (title: string, names = "", says = "", words = ""): Found => ({ title, names, says, words, path: `${title}/` });
const list = [
  entry("Ad budget (CPA, CPC, ROAS)", "Maximum bid, break-even ROAS, cost per click, Google Ads", "What can a click or a first order cost?", "Average order value (AOV) Gross margin"),
  entry("Subscription", "SaaS: MRR, ARPA and churn, SaaS LTV, LTV", "What is a subscriber worth?", "Churn rate per period Gross margin"),
  entry("Online shop", "LTV, CLTV, e-commerce LTV", "What is a customer of an online shop worth?", "Average order value (AOV)"),
  entry("Application", "Rétention J1, CPI", "Que vaut une installation ?"),
  entry("獲得コスト（CAC）", "全体のCAC、マジックナンバー", "新規顧客1人にいくらかかりますか？"),
  entry("تكلفة الاكتساب (CAC)", "CAC الإجمالي", "كم يكلف العميل الجديد؟"),
  entry("Größenvorteil", "Straße"),
];
const first = (query: string) => search(list, query, 3)[0]?.title;

test("names that people use find the calculator", () => {
  for (const [query, title] of [["cost per click", "Ad budget (CPA, CPC, ROAS)"], ["ROAS", "Ad budget (CPA, CPC, ROAS)"], ["mrr", "Subscription"], ["cltv", "Online shop"], ["saas ltv", "Subscription"], ["subscr", "Subscription"]]) {
    assert.equal(first(query), title, query);
  }
  assert.equal(search(list, "aov", 9).length, 2, "fields are searched too");
});

test("case, accents, full-width letters, Arabic vowels and one wrong letter do not matter", () => {
  assert.equal(first("retention j1"), "Application");
  assert.equal(first("GROSSENVORTEIL"), "Größenvorteil");
  assert.equal(first("ｃａｃ")?.includes("CAC"), true);
  assert.equal(first("獲得コスト"), "獲得コスト（CAC）");
  assert.equal(first("マジックナンバー"), "獲得コスト（CAC）");
  assert.equal(first("اكتساب"), "تكلفة الاكتساب (CAC)");
  assert.equal(first("تَكْلِفة"), "تكلفة الاكتساب (CAC)");
  for (const typo of ["subscripton", "subscirption", "subscriptiom", "ssubscription"]) assert.equal(first(typo), "Subscription", typo);
});

test("what is not there is not found, and nothing is found by nothing", () => {
  assert.deepEqual([search(list, "zebra", 9), search(list, "  ", 9), search(list, "subscription zebra", 9), search(list, "?!", 9)], [[], [], [], []]);
  assert.deepEqual([plain("Ligne Élargie"), wordsOf("CLV:CAC ratio")], ["ligne elargie", ["clv", "cac", "ratio"]]);
});

const wasm = (name: string) => readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url));
const engine = new Engine({ calculator: wasm("tinygo"), growth: wasm("growth-tinygo"), economics: wasm("economics-tinygo"), levers: wasm("levers-tinygo") });

async function customerOf(id: string) {
  const scenario = await loadScenario(id);
  await engine.need(calculationOf(scenario));
  const input = startOf(scenario);
  const { result } = engine.call(scenario.calculation, input);
  assert.ok(result);
  return { scenario, input, result, engine, currency: "USD", locale: "en-US", lang: "en" as const };
}

// Price 100 a month, margin 80%, churn 5% against 4%, discount 10% a year: 0.8 * 100 / (1 - x), x = (1 - c) / 1.1^(1/12).
test("the next questions are answered for the customer: what a figure less adds, what may be paid, what is missing", async () => {
  const customer = await customerOf("subscription");
  const clv = (churn: number) => 80 / (1 - (1 - churn) / 1.1 ** (1 / 12));
  const gain = Math.round(clv(0.04) - clv(0.05));
  assert.equal((await answerFor(customer, "growth-plan"))?.text, `Churn lower by one percentage point adds $${gain}.`);
  assert.equal((await answerFor(customer, "ad-budget"))?.text, `Maximum CAC: $${Math.round(clv(0.05) / 3)}`);
  const reconcile = await answerFor(customer, "reconcile");
  assert.ok(reconcile?.complete && reconcile.text.includes(Math.round(clv(0.05)).toLocaleString("en-US")), reconcile?.text);
  assert.equal(await answerFor(customer, "service"), null); // no effect entered: 0 is no answer
  const upsell = await answerFor(customer, "upsell");
  assert.deepEqual([upsell?.complete, upsell?.text.startsWith("Add ")], [false, true]);
  assert.equal((await answerFor({ ...customer, input: blankOf(customer.scenario), result: {} }, "channels"))?.complete, false);
});
