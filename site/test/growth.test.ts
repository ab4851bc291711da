import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { KINDS, carried } from "../calculator/carry.ts";
import { Format } from "../base/format.ts";
import { calculationOf, loadScenario } from "../base/scenarios.ts";
import { fillSentence } from "../base/sentence.ts";
import { CALLED, MAX_KEPT, readState, writeCarried, writeQuery } from "../base/url.ts";
import { type Stage, HALF, between, levels } from "../calculator/growth/glass.ts";
import { lossesOf } from "../calculator/growth/losses.ts";
import { leverOf, levers } from "../calculator/growth/levers.ts";
import layouts from "../base/layouts.gen.mjs";
import type { Figures } from "../base/figures.ts";

const format = new Format({ locale: "en-US", currency: "USD" });
const plan = await loadScenario("growth-plan");

const stages = (people: number[], values: number[]): Stage[] =>
  people.map((n, i) => ({ stage: "", people: n, lost: null, value: values[i], value_share: null, cost: i === 0 ? 100 : 0, one_point_worth: null }));

test("the glass is drawn to scale: people above, money below, each band as wide as its own margin", () => {
  const { top, foot, cost, full } = levels(stages([1000, 250, 160, 40, 0, 0], [0, 50, 50, 100, 50, 150]));
  assert.equal(full, 400);
  assert.equal(top[1].half, HALF);
  assert.ok(Math.abs(top[2].half - HALF / 4) < 1e-9, "a quarter of the people, a quarter of the width");
  assert.ok(Math.abs(top[4].half - 0.04 * HALF) < 1e-9);
  assert.ok(Math.abs(foot[1].half - HALF / 2) < 1e-9);
  assert.ok(Math.abs(foot[2].half - foot[1].half - HALF / 8) < 1e-9, "what is sold on top, an eighth of the margin");
  assert.ok(Math.abs(foot[3].half - foot[2].half - (3 * HALF) / 8) < 1e-9);
  assert.ok(Math.abs(cost - HALF / 4) < 1e-9);
  const poor = levels(stages([1000, 250, 160, 40, 0, 0], [0, 5, 5, 10, 5, 5]));
  assert.equal(poor.cost, HALF, "the cost fills the foot where it is more");
  assert.ok(poor.foot[3].half < HALF);
});

test("losses and gains lead from what is possible to what remains", () => {
  const input = { prospects: 100, conversion: 0.1, acquisition_spend: 200, price: 10, period: "month", gross_margin: 0.5, churn_rate: 0.1, first_period_churn: 0.2, activation: 0.8, service_cost: 1, onboarding_cost: 2, upsell_take_up: 0.1, cross_sell_take_up: 0, invitations_per_period: 0.1, referral_conversion: 0.1, horizon_periods: 12 };
  const net = (i: Figures) => {
    const left = (k: number) => (k === 0 ? 1 : i.activation * (1 - i.first_period_churn) * (1 - i.churn_rate) ** (k - 1));
    const periods = Array.from({ length: i.horizon_periods }, (_, k) => left(k)).reduce((a, b) => a + b);
    return i.prospects * i.conversion * (periods * (i.price * i.gross_margin - i.service_cost + i.upsell_take_up + i.invitations_per_period) - i.onboarding_cost);
  };
  const found = lossesOf(input, net);
  assert.ok(found);
  assert.equal(found.periods, 12);
  assert.ok(Math.abs(found.possible - 600) < 1e-9, "10 customers, 12 months, 5 of margin");
  assert.ok(Math.abs(found.steps.reduce((sum, s) => sum + s.after - s.before, found.possible) - net(input)) < 1e-9);
  assert.ok(Math.abs(found.remains - (net(input) - 200)) < 1e-9);
  for (const s of found.steps.slice(0, 3)) assert.ok(s.after < s.before && (s.better ?? 0) > 0, s.name);
  assert.equal(lossesOf({ ...input, horizon_periods: null }, (i) => i.horizon_periods)?.periods, 36);
});

test("a glass of nothing is still a path of numbers", () => {
  const { top, foot } = levels(stages([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]));
  for (const path of [between(top), between(foot)]) assert.doesNotMatch(path, /NaN|Infinity/);
});

test("figures are carried by their names, and an average customer as one with churn", () => {
  assert.deepEqual(carried("subscription", { price: 50, period: "month", churn_rate: 0.04, cac: null, survivors: [1] }, "service"), {
    price: 50, period: "month", churn_rate: 0.04,
  });
  const shop = { order_value: 80, orders_per_year: 4, lifespan_years: 2.5, gross_margin: 0.4 };
  assert.deepEqual(carried("average", shop, "growth-plan"), { price: 320, period: "year", gross_margin: 0.4, churn_rate: 0.4 });
  assert.deepEqual(carried("subscription", { price: "abc def" }, "reconcile"), {});
});

test("a lever's own page becomes the lever of a plan", () => {
  const upsell = { price: 40, take_up: 0.1, extra_spend: 15, offer_period: 3, offer_cost: 2, net_gain: 9 };
  assert.deepEqual(carried("upsell", upsell, "growth-plan").levers, [{ kind: "upsell", take_up: 0.1, extra_spend: 15, offer_period: 3, offer_cost: 2 }]);
  // A pair of offers becomes two levers, with the promotion where there is one; the rules of a points programme a loyalty programme.
  const offers = { offer_period: 3, offer_cost: 1, upsell_take_up: 0.1, upsell_spend: 15, promo_take_up: 0.14, promo_discount: 0.5, promo_periods: 3, cross_sell_take_up: 0.06, cross_sell_spend: 18, replaced_share: 0.1 };
  const cross = { kind: "cross_sell", take_up: 0.06, extra_spend: 18, replaced_share: 0.1, offer_period: 3, offer_cost: 1 };
  assert.deepEqual(carried("upsell-or-cross-sell", offers, "growth-plan").levers, [
    { kind: "upsell", take_up: 0.14, extra_spend: 15, promo_discount: 0.5, promo_periods: 3, offer_period: 3, offer_cost: 1 }, cross]);
  assert.deepEqual(carried("upsell-or-cross-sell", { ...offers, promo_take_up: null }, "growth-plan").levers, [{ kind: "upsell", take_up: 0.1, extra_spend: 15, offer_period: 3, offer_cost: 1 }, cross]);
  assert.deepEqual(carried("reward-points", { reach: 0.4, reward_rate: 0.05, frequency_rise: 0.08, reward_cost_rate: 0.02, cost_per_period: 0.1 }, "growth-plan").levers,
    [{ kind: "loyalty_programme", reach: 0.4, frequency_rise: 0.08, reward_cost_rate: 0.02, cost_per_period: 0.1 }]);
  const year = carried("annual-plan", { monthly_price: 100, average_months: 8, plan_discount: 0.25, annual_renewal_rate: 0.5 }, "growth-plan");
  assert.deepEqual(year, { price: 100, period: "month", churn_rate: 0.125, levers: [{ kind: "annual_plan", plan_discount: 0.25, annual_renewal_rate: 0.5 }] });
  const friends = { referral_rate: 0.03, referrer_reward: 20, friend_reward: 10, organic_share: 0.2 };
  assert.deepEqual(carried("referral", friends, "growth-plan").levers, [{ kind: "referral", referral_rate: 0.03, organic_share: 0.2, referral_reward: 30 }]);
});

test("figures that are carried and figures that are kept come back from the address", () => {
  const link = writeCarried(carried("upsell", { price: 40, take_up: 0.1 }, "growth-plan"), { ...readState(plan, new URLSearchParams(), "en-US"), theme: "dark" });
  const state = readState(plan, new URLSearchParams(link), "en-US");
  assert.equal(state.input.price, 40);
  assert.deepEqual(state.input.levers, [{ kind: "upsell", take_up: 0.1 }]);
  assert.equal(state.theme, "dark");
  state.kept = [{ ...state.input, price: 90, [CALLED]: "Best & case = ü" }, { ...state.input, levers: null }];
  assert.deepEqual(readState(plan, new URLSearchParams(writeQuery(plan, state)), "en-US"), state);
  assert.equal(readState(plan, new URLSearchParams("keep=a&keep=b&keep=c&keep=d&keep=e&keep=f"), "en-US").kept.length, MAX_KEPT);
});

test("every lever of the engine has a card, whose fields exist", () => {
  const fields = calculationOf(plan).inputs.find((f) => f.name === "levers")?.fields ?? [];
  assert.deepEqual(levers.map((l) => l.kind), fields[0].options);
  const names = fields.map((f) => f.name);
  for (const l of levers) {
    for (const name of [l.effect.field, l.cost.field, ...l.more, ...Object.keys(l.start)]) assert.ok(names.includes(name), `${l.kind}: ${name}`);
    for (const name of Object.keys(l.start)) assert.ok([l.effect.field, l.cost.field, ...l.more].includes(name), `${l.kind}: ${name} cannot be changed`);
  }
  assert.deepEqual(KINDS.map((id) => id.replaceAll("-", "_")).sort(), [...(fields[0].options ?? [])].sort());
  assert.equal(leverOf("upsell").page, "upsell");
});

test("the sentence of a lever names figures that exist, as does what is compared", async () => {
  for (const { id, lever, compare, calculation } of JSON.parse(readFileSync(new URL("../scenarios.json", import.meta.url), "utf8"))) {
    const layout = layouts.find((c) => c.id === calculation);
    const names = [...(layout?.inputs ?? []), ...(layout?.results ?? []).flatMap((f) => [f, ...(f.fields ?? [])])].map((f) => f.name);
    const used = [...(lever?.sentence ?? "").matchAll(/\{(\w+)/g)].map(([, name]) => name);
    for (const name of [...used, ...(compare ?? []), ...(lever ? [lever.effect, lever.needed] : [])]) assert.ok(names.includes(name), `${id}: ${name}`);
  }
});

test("shares are told in percentage points", () => {
  assert.equal(fillSentence("by {x:points}.", (_, how) => (how === "points" ? format.points(0.004) : null)), "by 0.4 percentage points.");
  assert.equal(format.points(0.01), "1 percentage point");
  assert.equal(format.points(0.000012), "0.0012 percentage points");
});
