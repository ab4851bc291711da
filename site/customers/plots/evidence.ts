/** How earlier forecasts did, beside rules that need no model: as tables, for these are figures to compare. */
import type { Pictures } from "../state.ts";
import type { Say, Table } from "./say.ts";

type Evidence = NonNullable<Pictures["evidence"]>;

interface EvidenceTables {
  finding: string;
  rules?: Table; // none where nothing could be checked
  caught?: Table;
  verdict?: string;
  tenths?: Table;
}

export function evidence(e: Evidence, say: Say): EvidenceTables {
  const { words, format } = say;
  if (e.forecasts === 0) return { finding: words.evidence_none };
  const horizon = say.horizon(e.horizon_days);
  const all = [e.forecast, e.same_again, e.rate_on];
  const ratio = (v: number) => format.value(Number(v.toFixed(2)), "count");
  const catches = [e.model, e.rfm, e.spent];
  const verdict = e.rfm.leads > 0 ? words.evidence_more : e.rfm.leads < 0 ? words.evidence_less : words.evidence_alike;
  return {
    finding: words.evidence_finding({
      n: e.forecasts, shown: say.count(e.forecasts), horizon, miss: say.share(e.forecast.miss), held: say.count(e.held), sure: format.percent(0.95),
    }),
    rules: {
      head: [words.evidence_measure, words.evidence_forecast, words.evidence_again, words.evidence_rate],
      rows: [
        [words.evidence_total, ...all.map((r) => say.share(r.miss))],
        [words.evidence_mae, ...all.map((r) => ratio(r.mae))],
        [words.evidence_gini, ...all.map((r) => ratio(r.gini))],
        [words.evidence_spearman, ...all.map((r) => ratio(r.spearman))],
      ],
    },
    caught: {
      head: [words.customers, words.evidence_value, words.evidence_rfm, words.evidence_spent],
      rows: [
        [words.best({ share: format.percent(0.1) }), ...catches.map((c) => say.share(c.tenth))],
        [words.best({ share: format.percent(0.2) }), ...catches.map((c) => say.share(c.fifth))],
      ],
    },
    verdict,
    tenths: {
      head: [
        words.decile, ...[words.evidence_forecast, words.evidence_again, words.evidence_rate].flatMap((rule) => [
          words.evidence_expected({ rule }), words.evidence_came({ rule }),
        ]),
      ],
      rows: e.forecast.tenths.map((_, k) => [say.count(k + 1), ...all.flatMap((r) => [say.count(r.tenths[k].forecast), say.count(r.tenths[k].actual)])]),
    },
  };
}
