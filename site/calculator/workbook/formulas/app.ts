import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** The longest that is counted, in days. */
const DAYS = 2400;

/** core/economics takes a cost for covered from here on. */
const COVERED = "(1-1E-12)";

/** e^x of a column, whose x is kept between limits. IF, MIN and EXP take no column, in Gnumeric; and in LibreOffice a power that is too small is an error. */
const power = (x: string, most: string) => `EXP(1)^((${x})*((${x})<${most})*((${x})>-600)+${most}*((${x})>=${most})-600*((${x})<=-600))`;

/** How many of the first n days a user is active. */
function active(n: string) {
  const sum = (share: string) => `SUMPRODUCT((series:day>1)*(series:day<=${n})*${share})`;
  // e^6.4 = 602: behind that nobody is left that a sheet could tell from nothing.
  const weibull = `EXP(1)^(-(${power("weibull_log+weibull_shape*series:log_before", "6.4")}))`;
  return `(1+IF(curve_used="weibull",${sum(weibull)},${sum(power("power_log-power_exponent*series:log_before", "0"))}))`;
}

/** The curves on a day, by its logarithm. */
const share = (log: string) => ({
  power: `MIN(1,EXP(power_log-power_exponent*${log}))`,
  weibull: `EXP(-EXP(MIN(6.4,weibull_log+weibull_shape*${log})))`,
});

const miss = (curve: string) => `SQRT(SUMPRODUCT((retention_fit:${curve}-retention_fit:observed_share)*(retention_fit:${curve}-retention_fit:observed_share))/COUNT(retention_fit:day))`;

/** Both curves are straight lines through logarithms, so that a sheet fits them as its trend lines. */
export default function app(input: Figures): Definition {
  const days: number[] = Array.from(input.days ?? []);
  const last = days.length;
  return {
    steps: {
      power_slope: "SLOPE(retention_fit:log_retention,retention_fit:log_day)",
      power_log: "INTERCEPT(retention_fit:log_retention,retention_fit:log_day)",
      weibull_log: "INTERCEPT(retention_fit:log_log_retention,retention_fit:log_day)",
      daily_value: "arpdau*gross_margin",
    },
    rules: [
      ...days.slice(1).map((_, i) => ({ refused: `days_${i + 2}<=days_${i + 1}`, code: "not_above", field: `days/${i + 1}`, limit: `days_${i + 1}` })),
      { refused: "OR(power_exponent<=0,weibull_shape<=0)", code: "all_same", field: "retained" },
    ],
    tables: {
      retention_fit: {
        rows: last,
        of: "retention_fit",
        columns: {
          day: (i) => `days_${i + 1}`,
          observed_share: (i) => `retained_${i + 1}`,
          log_day: "LN(day)",
          log_retention: "LN(observed_share)",
          log_log_retention: "LN(-LN(observed_share))",
          power_curve: share("log_day").power,
          weibull_curve: share("log_day").weibull,
        },
      },
      series: {
        rows: DAYS,
        of: "series",
        columns: {
          day: (i) => (i === 0 ? "1" : "day@before+1"),
          log_before: "LN(day-1+(day=1))",
          survival: (i) => (i === 0 ? "1" : where("day<=horizon_days", `IF(curve_used="weibull",${share("log_before").weibull},${share("log_before").power})`)),
          margin: where("day<=horizon_days", "daily_value*survival"),
          cumulative: (i) => (i === 0 ? "margin" : where("day<=horizon_days", "cumulative@before+margin")),
          cpi_line: where("AND(ISNUMBER(cpi),day<=horizon_days)", "cpi"),
        },
      },
    },
    picture: { table: "series", across: "day", up: ["cumulative", "cpi_line"], only: "cpi" },
    results: {
      clv: "daily_value*active_days",
      max_cpi: "clv/target_ratio",
      active_days: active("horizon_days"),
      return_on_cpi: where("N(cpi)>0", "clv/cpi"),
      payback_day: where(`ISNUMBER(cpi)`, where(`clv>=cpi*${COVERED}`, where(`MAX(series:cumulative)>=cpi*${COVERED}`, `SUMPRODUCT((series:day<=horizon_days)*(series:cumulative<cpi*${COVERED}))`))),
      ...Object.fromEntries([7, 30, 90, 180].map((n) => [`value_within_${n}_days`, `daily_value*${active(`MIN(${n},horizon_days)`)}`])),
      measured_share: `${active(`MIN(INT(days_${last})+1,horizon_days)`)}/active_days`,
      curve_used: 'IF(OR(curve="weibull",AND(curve="best",weibull_error<power_error)),"weibull","power")',
      fit_error: 'IF(curve_used="weibull",weibull_error,power_error)',
      power_error: miss("power_curve"),
      weibull_error: miss("weibull_curve"),
      power_scale: "EXP(power_log)",
      power_exponent: "-power_slope",
      weibull_scale_days: "EXP(-weibull_log/weibull_shape)",
      weibull_shape: "SLOPE(retention_fit:log_log_retention,retention_fit:log_day)",
    },
  };
}
