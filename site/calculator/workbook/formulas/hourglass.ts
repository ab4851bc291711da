import { ENDLESS, LEAST, NONE, UNBOUNDED_YEARS, annuity, discount, ifLimited, orElse, periodsPerYear, present, where } from "../sums.ts";
import { type Lever, worth } from "../plan.ts";
import type { Definition } from "../definition.ts";

/** What one point more changes, by the row of the table: as it is, then reach, win, onboard, keep, grow, advocate. */
const changed = (name: string, changes: Record<number, string>) => (i: number) => changes[i] ?? name;

/** The journey after the sale, as core/growth/hourglass.go has it: always at work on everybody. */
const offered = { offer_period: "offer_period", extra_margin: "extra_margin" };
const levers: Lever[] = [
  { cost_per_customer: "onboarding_cost", cost_per_period: "service_cost" },
  { ...offered, take_up: "upsell_then", extra_spend: "upsell_spend" },
  { ...offered, take_up: "cross_sell_then", extra_spend: "cross_sell_spend" },
  { referral_rate: "invitations_per_period*invitation_wins", referral_reward: "referral_reward" },
];
const all = (1 << levers.length) - 1;

const then = {
  periods: "periods", paid: "periods", lifetime: "lifetime", first: "", later: "", frequency: "1", delay: "0", sold: "1", counted: "counted",
  at: () => "offered_1", before: () => "before_offer_1", promo: () => "before_offer_1",
};
const one = worth(levers, all, then, { service: "" });

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    first_churn: "IF(ISNUMBER(first_period_churn),first_period_churn,churn_rate)",
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(AND(points:first_left@0<1,churn_rate+discount<${LEAST}),${UNBOUNDED_YEARS}*periods_per_year,"whole life"))`,
    won: "prospects*conversion",
    two_periods: 'IF(ISNUMBER(counted),IF(counted<2,1,1+(1-points:first_left@0)/(1+discount)),1+(1-points:first_left@0)/(1+discount))',
    takers: "upsell_take_up+cross_sell_take_up-upsell_take_up*cross_sell_take_up",
  },
  tables: {
    stages: {
      rows: 6,
      of: "stages",
      columns: {
        stage: (i) => `"${["reach", "win", "onboard", "keep", "grow", "advocate"][i]}"`,
        people: (i) =>
          [
            "prospects", "won", `won*${present("points:first_left@0", "churn_rate", "0", "1")}`, `won*${present("points:first_left@0", "churn_rate", "0", "(1+periods_per_year)")}`,
            `won*${present("points:first_left@0", "churn_rate", "0", "offer_period")}*takers`, where(`points:chain@0<=1-${LEAST}`, "won*points:chain@0/(1-points:chain@0)"),
          ][i],
        lost: (i) => (i >= 1 && i <= 3 ? where("people@before>0", "1-people/people@before") : NONE),
        value: (i) =>
          [
            "0", "won*price*gross_margin", "won*price*gross_margin*(two_periods-1)", "won*price*gross_margin*(points:periods@0-two_periods)",
            "won*(points:margin@0-price*gross_margin*points:periods@0)", "won*points:margin@0*(1/(1-points:friends@0)-1)",
          ][i],
        value_share: where("total_value>0", "value/total_value"),
        cost: (i) =>
          [
            "acquisition_spend", "won*service_cost", "won*(service_cost*(two_periods-1)+onboarding_cost)", "won*service_cost*(points:periods@0-two_periods)", "0",
            "won*(points:cost@0/(1-points:friends@0)-onboarding_cost-service_cost*points:periods@0)",
          ][i],
        one_point_worth: (i) => where(`points:possible@${i + 1}`, `points:net@${i + 1}-points:net@0`),
      },
    },
    points: {
      rows: 7,
      columns: {
        one_point_more: (i) => `"${["–", "reach", "win", "onboard", "keep", "grow", "advocate"][i]}"`,
        prospects_then: changed("prospects", { 1: "prospects*1.01" }),
        conversion_then: changed("conversion", { 2: "conversion+0.01" }),
        activation_then: changed("activation", { 3: "activation+0.01" }),
        churn_then: changed("churn_rate", { 4: "churn_rate-0.01" }),
        first_churn_then: changed("first_churn", { 4: "first_churn-0.01" }),
        upsell_then: changed("upsell_take_up", { 5: "upsell_take_up+0.01" }),
        cross_sell_then: changed("cross_sell_take_up", { 5: "cross_sell_take_up+0.01" }),
        invitation_wins: changed("referral_conversion", { 6: "referral_conversion+0.01" }),
        first_left: "first_churn_then+(1-activation_then)*(1-first_churn_then)",
        periods: annuity("first_left", "churn_then", "discount", "counted"),
        lifetime: orElse(annuity("first_left", "churn_then", "0", "counted"), ENDLESS),
        offered_1: present("first_left", "churn_then", "discount", "offer_period"),
        before_offer_1: annuity("first_left", "churn_then", "discount", "offer_period"),
        ...one,
        net: "prospects_then*conversion_then*(margin-cost)/(1-friends)-acquisition_spend",
        possible:
          `AND(friends<=1-${LEAST},conversion_then<=1,activation_then<=1,churn_then>=0,first_churn_then>=0,upsell_then<=1,cross_sell_then<=1,invitation_wins<=1,OR(ISNUMBER(counted),churn_then+discount>=${LEAST},first_left=1))`,
      },
    },
  },
  rules: [{ refused: `points:friends@0>1-${LEAST}`, code: "endless_chain", field: "invitations_per_period", limit: "points:friends@0" }],
  picture: { table: "stages", across: "stage", up: ["value", "cost"], bars: true },
  results: {
    clv: "(points:margin@0-points:cost@0)/(1-points:friends@0)",
    own_clv: "points:margin@0-onboarding_cost-service_cost*points:periods@0",
    cac: where("won>0", "acquisition_spend/won"),
    ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
    referral_multiplier: where(`points:chain@0<=1-${LEAST}`, "1/(1-points:chain@0)"),
    lifetime_periods: ifLimited("points:lifetime@0"),
    total_value: "won*points:margin@0/(1-points:friends@0)",
    total_cost: "acquisition_spend+won*points:cost@0/(1-points:friends@0)",
    total_net: "total_value-total_cost",
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;
