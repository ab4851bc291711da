// What the pages under test have, for the functions of a test that run in them.
import type { AxeResults, RunOptions } from "axe-core";
import type { HourglassCustomers } from "../../customers/root.ts";
import type { HourglassCustomersPeople } from "../../customers/views/people.ts";

declare global {
  interface HTMLElementTagNameMap {
    "hourglass-customers": HourglassCustomers;
    "hourglass-customers-people": HourglassCustomersPeople;
  }

  /** axe-core, once axe() of browser.ts has put it there. */
  var axe: { run(root: Document, options: RunOptions): Promise<AxeResults> };
}
