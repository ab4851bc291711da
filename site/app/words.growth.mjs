/** The growth path's own words. */
export const words = {
  table: "As a table",

  people: /** @type {Record<string, string>} */ ({
    reach: "people reached", win: "become customers", onboard: "stay for a second period",
    keep: "are there a year later", grow: "take something more", advocate: "friends come",
  }),
  point: /** @type {Record<string, string>} */ ({
    reach: "One per cent more people", win: "One point more conversion", onboard: "One point more who get started",
    keep: "One point less churn", grow: "One point more take-up", advocate: "One point more invitations that win",
  }),
  worthMost: (/** @type {string} */ what, /** @type {string} */ worth) => `${what} is worth most: ${worth}.`,
  lost: (/** @type {string} */ share) => `${share} lost`,
  spent: "spent",
  margin: "margin",
  tryIt: (/** @type {string} */ what, /** @type {string} */ worth) => `${what}: ${worth} more. Try it`,
  glassScale: (/** @type {number} */ balance) =>
    `Above, the width stands for people; below, for the margin that they have brought. A cohort that brings ${balance} times what it cost to win has a foot as wide as its top. The marks at the foot are what it costs in all.`,
  glassSays: (/** @type {string} */ people, /** @type {string} */ money, /** @type {string} */ cost) =>
    `Hourglass. People, from the top to the neck: ${people}. Margin brought, to the foot: ${money}. It costs ${cost} in all.`,

  compare: "Side by side",
  now: "Now",
  keepThese: "Keep these figures to compare",
  forget: (/** @type {string} */ name) => `Forget ${name}`,
  goBack: (/** @type {string} */ name) => `Go back to ${name}`,

  withEffect: "Your figures",
  needed: "Pays for itself",
  noEffect: "No effect, however large, pays for this cost.",
  return: "Return on margin",
  wrongReturn: (/** @type {string} */ share) => `On revenue it would look like ${share}: the wrong base.`,
  instead: (/** @type {string} */ today) => `Instead of ${today} today.`,
  noCost: "No cost, no return to speak of.",
  payback: "Pays back after",
  paybackSays: "From a customer's start.",
  never: "Never",
  neverSays: "The cost is not earned back.",

  bridge: "From today's value to tomorrow's",
  step: "Step",
  change: "Change",
  level: "Value so far",
  value: "Value today",
  planned: "With the plan",
  levers: "Levers",
  addLever: "Add a lever",
  remove: (/** @type {string} */ name) => `Remove ${name}`,
  more: "Details",
  noLevers: "No lever yet: the plan is today's value. Add what you would do.",
  partOf: (/** @type {string} */ part) => `${part} of the gain per customer`,
  aloneSays: (/** @type {string} */ alone, /** @type {string} */ last) => `${alone} on its own, ${last} on top of the others`,
  parts: "Who brings how much",
  partsSay: "Each part is the average over all orders in which the levers could come in: the parts add up, and no order is better than another.",
  interactions: "What pairs bring together",
  helps: "more together than apart",
  hurts: "less together than apart",

  formulas: "The same customer by every formula",
  bridgeSays: "Each step is an assumption. A calculator that stops on the way gives the value so far.",
};
