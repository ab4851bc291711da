/**
 * What the streams of the customers module hold, in the order of wasm/customers/streams.go, and the words for its
 * enumerations, those of the Go types' String. The tests hold both against native Go.
 */
import { by, character, list, number, numbers, option, record, text, truth } from "./decode.mjs";

/** The layout that wasm/customers has. */
export const LAYOUT = 2;

export const words = {
  /** How a step ended; a step that did not end as "done" has changed nothing. */
  step: /** @type {const} */ (["done", "cancelled", "bad_options", "bad_data", "bad_model", "too_large", "none_usable"]),
  /** What progress is about. */
  phase: /** @type {const} */ (["choosing", "fitting", "fitting_spend", "measuring", "scoring", "spreading", "awaiting", "following"]),
  kind: /** @type {const} */ (["bgnbd", "mbgnbd", "paretonbd", "mbgcnbd"]),
  fit: /** @type {const} */ (["no_data", "converged", "boundary", "not_identified", "max_iterations", "cancelled", "failed", "bad_table"]),
  identifiability: /** @type {const} */ (["unknown", "identified", "weak", "undetermined"]),
  reason: /** @type {const} */ (["none_usable", "only_usable", "fits_best"]),
  basis: /** @type {const} */ (["none", "likelihood", "moments"]),
  spend_reason: /** @type {const} */ (["holds", "no_amounts", "correlated", "infinite_mean", "zero_amounts", "no_maximum"]),
  model_fault: /** @type {const} */ (["ok", "wrong_length", "unknown_format", "unknown_kind", "unknown_spend_model", "bad_number"]),
  warning: /** @type {const} */ ([
    "few_repeats", "short_history", "no_full_year", "not_converged", "limiting_model", "weakly_identified",
    "never_returned_alive", "trend", "season", "misses_holdout", "far_horizon", "no_amounts", "spend_follows_frequency",
    "spend_by_moments", "few_spenders", "first_orders_only", "too_little", "unchecked", "like_subscription",
  ]),
  segment: /** @type {const} */ ([
    "champion", "slipping_champion", "lost_champion", "regular", "slipping_regular", "lost_regular", "occasional",
    "slipping_occasional", "lost_occasional", "newcomer",
  ]),
  beta_geometric_limit: /** @type {const} */ ([
    "none", "no_repeats", "equal_rates", "polarised_rates", "no_leaving", "equal_leaving", "polarised_leaving",
    "leaving_at_first_chance", "separated_covariates",
  ]),
  pareto_limit: /** @type {const} */ ([
    "none", "no_repeats", "equal_rates", "polarised_rates", "no_leaving", "equal_lifetimes", "polarised_leaving",
    "leaving_at_once",
  ]),
  file: /** @type {const} */ (["ok", "empty", "header_only", "binary", "no_id_column", "no_date_column", "no_orders"]),
  binary: /** @type {const} */ ([
    "none", "zip", "xls", "gzip", "zstd", "bzip2", "xz", "pdf", "png", "jpeg", "gif", "parquet", "sqlite", "other", "html", "json",
  ]),
  encoding: /** @type {const} */ ([
    "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk",
  ]),
  preset: /** @type {const} */ ([
    "auto", "none", "shopify", "woocommerce", "stripe", "square", "bigcommerce", "magento", "prestashop", "wix", "squarespace", "etsy",
    "etsy_items", "amazon", "ebay", "stripe_invoices", "paypal", "gumroad", "paddle", "lemon_squeezy", "mollie", "xero", "quickbooks",
    "tiendanube", "olist", "dynamics",
  ]),
  role: /** @type {const} */ (["id", "date", "amount", "order", "status", "currency", "refunded", "cancelled", "quantity", "email", "phone", "name", "type"]),
  role_basis: /** @type {const} */ (["none", "name", "contents", "preset", "option"]),
  standing: /** @type {const} */ (["paid", "cancelled", "unpaid", "refunded", "refund", "not_order", "unknown"]),
  question: /** @type {const} */ ([
    "id", "date", "amount", "unit_price", "no_amount", "status", "currency", "date_order", "outsized", "new_ids", "one_id", "zero_money",
    "negative", "one_day", "old_year", "damaged_id", "customers", "top_customer", "duplicates",
  ]),
  date_order: /** @type {const} */ (["auto", "month_first", "day_first"]),
  date_order_reason: /** @type {const} */ (["not_needed", "default", "separator", "locale", "future", "decided_by_row", "option"]),
  decimal_reason: /** @type {const} */ (["not_needed", "guess", "decided_by_row", "option"]),
  set_aside: /** @type {const} */ ([
    "nul_byte", "oversized", "open_quote", "too_many_columns", "too_few_columns", "mixed_delimiters", "missing_column",
    "cancelled", "unpaid", "refunded", "missing_id", "bad_date", "date_order_conflict", "future_date", "bad_amount",
    "decimal_mark_conflict", "huge_amount", "other_currency", "zero_amount", "refund_unmatched", "refund_dropped",
    "unknown_status", "not_order", "total_line",
  ]),
  // These have no String in Go.
  header: /** @type {const} */ (["auto", "present", "absent"]),
  refunds: /** @type {const} */ (["net_earlier", "net_same_day", "drop"]),
  amounts: /** @type {const} */ (["auto", "per_order", "per_line"]),
  spend_mean: /** @type {const} */ (["repeat_orders", "all_orders"]),
};

/** A number with the interval around it. */
const estimate = record({ value: number, low: number, high: number });

/** Everything read from a file, and what became of it. Days count from 1970-01-01; columns from 1, 0 for none. */
export const report = record({
  status: option(words.file),
  binary: option(words.binary),
  encoding: option(words.encoding),
  bytes: number,
  delimiter: character,
  has_header: truth,
  preset: option(words.preset),
  columns: by(words.role, number),
  width: number,
  names: list(text),
  preview: list(list(text)),
  rows: number,
  blank: number,
  orders: number,
  merged: number,
  line_items: number,
  duplicates: number,
  refunds_netted: number,
  zero: number,
  recoded: number,
  refunded_amount: number,
  refund_excess: number,
  amounts: option(words.amounts),
  date_order: option(words.date_order),
  date_order_reason: option(words.date_order_reason),
  date_ambiguous: truth,
  dependent_dates: number,
  decimal: character,
  decimal_reason: option(words.decimal_reason),
  currency: text,
  currencies: list(record({ code: text, rows: number })),
  currency_overflow: number,
  currency_contested: truth,
  customers: number,
  first_day: number,
  last_day: number,
  spend: number,
  set_aside: list(record({ reason: option(words.set_aside), rows: number, examples: list(record({ line: number, text })) })),
  basis: by(words.role, option(words.role_basis)),
  runner_up: by(words.role, number),
  titles: number,
  wrapped: truth,
  fallback: by(/** @type {const} */ (["email", "phone", "name"]), number),
  statuses: list(record({ role: option(words.role), text, rows: number, standing: option(words.standing), chosen: truth })),
  status_overflow: number,
  questions: list(record({ code: option(words.question), column: number, other: number, rows: number, share: number, text })),
});

export const summary = record({
  customers: number,
  histories: number,
  end: number,
  observed_to: number,
  unit_days: number,
  mean: option(words.spend_mean),
});

const candidateFields = {
  usable: truth,
  parameters: list(number),
  limit: number,
  status: option(words.fit),
  identifiability: option(words.identifiability),
  log_likelihood: number,
  aic: number,
  bic: number,
  condition: number,
  standard_errors: numbers,
  gradient: number,
  starts: number,
  agreed: number,
  iterations: number,
  evaluations: number,
};

/** A fitted model. Parameters and limit are those of its kind; parameterNames and limitName tell what they mean. */
export const candidate = record(candidateFields);

const test = record({
  usable: truth,
  parameters: list(number),
  expected: number,
  absolute: number,
  square: number,
  total_error: number,
});

export const choice = record({
  candidates: by(words.kind, record({ ...candidateFields, square: number, total: number })),
  cuts: list(record({ end: number, observed_to: number, customers: number, actual: number, tests: by(words.kind, test) })),
  recommended: option(words.kind),
  reason: option(words.reason),
  lead: number,
});

export const spend = record({
  basis: option(words.basis),
  reason: option(words.spend_reason),
  parameters: record({ p: number, q: number, gamma: number }),
  status: option(words.fit),
  log_likelihood: number,
  customers: number,
  zero_spend: number,
  correlation: record({ defined: truth, pearson: number, pearson_p: number, spearman: number, spearman_p: number }),
  empirical: record({ overall: number, within: number, among: number }),
});

export const totals = record({
  customers: number,
  alive: number,
  orders: estimate,
  spend: estimate,
  value: estimate,
  new_customer: record({ repeats: estimate, order_value: estimate, value: estimate, ratio: estimate }),
});

export const segments = by(words.segment, record({
  customers: number,
  alive: number,
  spend: number,
  expected_orders: number,
  expected_spend: number,
  value: number,
}));

export const concentration = record({
  total: number,
  gini: number,
  top_decile: number,
  deciles: numbers,
  curve: numbers,
  quantiles: numbers,
});

/** Triangles: the cell of cohort c and age a is at c * periods + a. first counts months from January 1970. */
export const cohorts = record({
  first: number,
  months: number,
  periods: number,
  size: numbers,
  active: numbers,
  orders: numbers,
  revenue: numbers,
  value: numbers,
});

export const tracking = record({
  start: number,
  days: number,
  calibration: number,
  orders: numbers,
  new_customers: numbers,
  repeat: numbers,
  expected: numbers,
  trend: number,
  season: number,
});

/** By number of repeat orders; the last entry stands for that many and more. */
export const calibration = record({ customers: numbers, actual: numbers, expected: numbers });

export const warnings = list(record({ code: option(words.warning), number }));

/** Orders, and P(alive) at the end of every day from the first order on. */
export const history = record({ days: numbers, amounts: numbers, p_alive: numbers });

/** Orders of an invented shop, by customer and then by time. */
export const sample = record({ id: numbers, day: numbers, amount: numbers });

/** The columns with one entry a customer: their numbers and types. */
export const columns = {
  first_day: { id: 2, type: Int32Array },
  last_day: { id: 3, type: Int32Array },
  orders: { id: 4, type: Uint32Array },
  spend: { id: 5, type: Float64Array },
  p_alive: { id: 6, type: Float64Array },
  expected_orders: { id: 7, type: Float64Array },
  expected_orders_low: { id: 8, type: Float64Array },
  expected_orders_high: { id: 9, type: Float64Array },
  order_value: { id: 10, type: Float64Array },
  expected_spend: { id: 11, type: Float64Array },
  clv: { id: 12, type: Float64Array },
  clv_low: { id: 13, type: Float64Array },
  clv_high: { id: 14, type: Float64Array },
  rank: { id: 15, type: Uint32Array },
  decile: { id: 16, type: Uint8Array },
  segment: { id: 17, type: Uint8Array },
  next_order_days: { id: 18, type: Float64Array },
  holdout_orders: { id: 19, type: Float64Array },
};

/** Ids are two columns. */
export const ID_BYTES = 0;
export const ID_ENDS = 1;

/** @param {typeof words.kind[number]} kind */
export const parameterNames = (kind) => ({ paretonbd: ["r", "alpha", "s", "beta"], mbgcnbd: ["r", "alpha", "a", "b", "k"] }[/** @type {string} */ (kind)] ?? ["r", "alpha", "a", "b"]);

/** The simpler model that the data call for. @param {typeof words.kind[number]} kind @param {number} limit */
export const limitName = (kind, limit) => (kind === "paretonbd" ? words.pareto_limit : words.beta_geometric_limit)[limit];
