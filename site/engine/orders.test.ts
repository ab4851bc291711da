// Both builds of the module on every case of core/orders/testdata/cases: the figures are those of its README.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CASES, caseFile } from "../test/cases.ts";
import { type ReadOptions, CustomersEngine } from "./customers.ts";

const root = new URL("../../", import.meta.url);

/** What is asked about, where anything is. */
const ASKED: Record<string, string> = { "quantity-times-price": "unit_price", "total-including-tax": "amount", "two-currencies": "currency" };

for (const compiler of ["tinygo", "go"]) {
  test(`${compiler}: every case of the reader holds`, async () => {
    const engine = await CustomersEngine.load(new WebAssembly.Module(readFileSync(new URL(`build/customers-${compiler}.wasm`, root))));
    for (const [name, ...figures] of CASES) {
      engine.open();
      engine.write(caseFile(name));
      const report = engine.close();
      assert.deepEqual([report.customers, report.orders, report.spend, report.questions.map(({ code }) => code).join()], [...figures, ASKED[name] ?? ""], name);
    }
  });

  test(`${compiler}: statuses, identity and refunds are choices`, async () => {
    const engine = await CustomersEngine.load(new WebAssembly.Module(readFileSync(new URL(`build/customers-${compiler}.wasm`, root))));
    const read = (name: string, options: ReadOptions) => {
      engine.open(options);
      engine.write(caseFile(name));
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

for (const compiler of ["tinygo", "go"]) {
  test(`${compiler}: several tables become one log, by what they are, and a text says how they are read`, async () => {
    const engine = await CustomersEngine.load(new WebAssembly.Module(readFileSync(new URL(`build/customers-${compiler}.wasm`, root))));
    const utf8 = new TextEncoder();
    const read = (texts: string[], options: ReadOptions = {}) => {
      engine.join(options);
      for (const text of texts) engine.addTable(utf8.encode(text), true);
      for (const i of engine.plan().order) {
        engine.take(i);
        engine.write(utf8.encode(texts[i]));
      }
      const { customers, orders, spend } = engine.close();
      return [customers, orders, spend, engine.get("plan").parts.map(({ use, repeats }) => `${use} ${repeats}`).join()];
    };
    const heads = "order_id,email,date\n1,a@x.example,2024-01-01\n2,b@x.example,2024-01-02\n";
    assert.deepEqual(read([heads, "order_id,sku,quantity,unit_price\n1,x,2,10\n1,y,1,5\n2,x,1,10\n"]), [2, 2, 35, "orders 0,lines 0"]);
    const year = "order_id,email,date,total,net\n1,a@x.example,2023-01-01,5,4\n2,b@x.example,2023-12-31,7,6\n";
    const next = "order_id,email,date,total,net\n2,b@x.example,2023-12-31,7,6\n3,b@x.example,2024-02-01,9,8\n";
    assert.deepEqual(read([year, next]), [2, 3, 21, "orders 1,orders 0"]);
    assert.deepEqual(read([year, next], { reading: "column_amount=net" }), [2, 3, 18, "orders 1,orders 0"]);
    engine.open({ reading: "column_amount=Ann&refunds=drop&as_paid=x%20y" });
    engine.write(utf8.encode(year));
    const report = engine.close();
    assert.deepEqual([report.spend, report.missing, report.reading], [12, "Ann", "as_paid=x%20y&refunds=drop"]);
    engine.join();
    assert.deepEqual([engine.plan().order.length, engine.close().status], [0, "empty"]);
  });
}
