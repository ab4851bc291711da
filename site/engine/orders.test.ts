// Both builds of the module on every case of core/orders/testdata/cases: the figures are those of its README.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ReadOptions, CustomersEngine } from "./customers.ts";

const root = new URL("../../", import.meta.url);

export const CASES: Record<string, [customers: number, orders: number, revenue: number, asked: string]> = {
  "quantity-times-price": [2, 4, 58, "unit_price"],
  "na-is-no-customer": [2, 3, 6, ""],
  "guests-are-customer-0": [2, 3, 80, ""],
  "id-empty-email-filled": [1, 2, 40, ""],
  "every-row-its-own-customer": [2, 4, 70, ""],
  "refunded-yes-or-no": [2, 2, 110, ""],
  "credit-note": [2, 2, 120, ""],
  "refund-days-later": [2, 2, 70, ""],
  "refund-row-by-status": [2, 3, 65, ""],
  "till-transactions": [2, 3, 1080, ""],
  "returns-by-type": [1, 2, 100, ""],
  "statuses-of-the-world": [1, 1, 100, ""],
  "total-including-tax": [1, 1, 50, "amount"],
  "two-currencies": [2, 3, 30, "currency"],
  "camel-case": [2, 3, 60, ""],
  japanese: [2, 3, 3500, ""],
  "title-and-total-lines": [2, 3, 60, ""],
  "lines-in-quotes": [2, 3, 60, ""],
};

for (const compiler of ["tinygo", "go"]) {
  test(`${compiler}: every case of the reader holds`, async () => {
    const engine = await CustomersEngine.load(new WebAssembly.Module(readFileSync(new URL(`build/customers-${compiler}.wasm`, root))));
    for (const [name, [customers, orders, revenue, asked]] of Object.entries(CASES)) {
      engine.open();
      engine.write(readFileSync(new URL(`core/orders/testdata/cases/${name}.csv`, root)));
      const report = engine.close();
      assert.deepEqual([report.customers, report.orders, report.spend, report.questions.map(({ code }) => code).join()], [customers, orders, revenue, asked], name);
    }
  });

  test(`${compiler}: statuses, identity and refunds are choices`, async () => {
    const engine = await CustomersEngine.load(new WebAssembly.Module(readFileSync(new URL(`build/customers-${compiler}.wasm`, root))));
    const read = (name: string, options: ReadOptions) => {
      engine.open(options);
      engine.write(readFileSync(new URL(`core/orders/testdata/cases/${name}.csv`, root)));
      const { customers, orders, spend } = engine.close();
      return [customers, orders, spend];
    };
    assert.deepEqual(read("statuses-of-the-world", { statuses: { "awaiting payment": "paid", Denied: "paid" } }), [2, 3, 300]);
    assert.deepEqual(read("statuses-of-the-world", { keep_unpaid: true }), [2, 4, 400]);
    assert.deepEqual(read("credit-note", { refunds: "drop" }), [2, 3, 220]);
    assert.deepEqual(read("every-row-its-own-customer", { columns: { id: 2 } }), [4, 4, 70]);
    assert.deepEqual(read("two-currencies", { currency: "USD" }), [1, 1, 10]);
    assert.deepEqual(read("two-currencies", { currency: "EUR", rates: [{ code: "USD", worth: 0.5 }] }), [2, 4, 35]);
    assert.equal(engine.charset(Uint8Array.from([0x92, 0x8d, 0x95, 0xb6, 0x93, 0xfa, 0x2c, 0x8c, 0xda, 0x8b, 0x71, 0x82, 0xbd, 0x82, 0xeb, 0x82, 0xa4])), "shift_jis");
  });
}
