/** An order log, read and valued by the engine at once. */
import type { CustomersEngine, ReadOptions, Settings } from "../engine/customers.ts";

/** @param settings beyond a year ahead of revenue */
export function value(engine: CustomersEngine, bytes: Uint8Array, settings: Settings, options?: ReadOptions) {
  engine.open(options);
  engine.write(bytes);
  const report = engine.close();
  engine.set({ horizon_days: 365, margin: 1, intervals: true, totals: true, ...settings });
  engine.settle();
  return report;
}
