/** An order log, read and valued by the engine at once. */

/**
 * @param {import("../engine/customers.ts").CustomersEngine} engine @param {Uint8Array} bytes
 * @param {import("../engine/customers.ts").Settings} settings beyond a year ahead of revenue
 * @param {import("../engine/customers.ts").ReadOptions} [options]
 */
export function value(engine, bytes, settings, options) {
  engine.open(options);
  engine.write(bytes);
  const report = engine.close();
  engine.set({ horizon_days: 365, margin: 1, intervals: true, totals: true, ...settings });
  engine.settle();
  return report;
}
