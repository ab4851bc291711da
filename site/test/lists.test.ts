// Lists for tools, and a past campaign's list against a newer file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../customers/evaluate.ts";
import { type List, listCsv, listOf, namingOf, parseCsv, readList } from "../customers/lists.ts";
import { campaignOf, campaignText } from "../customers/settings.ts";
import type { Table } from "../customers/state.ts";

const END = 20_787; // 2026-11-30

function tableOf(ids: string[], last: number[] = ids.map(() => END - 40), spend: number[] = ids.map(() => 120)) {
  const n = ids.length;
  const fill = (value: number) => new Float64Array(n).fill(value);
  return {
    length: n, ids: { at: (row: number) => ids[row] } as unknown as Table["ids"], // that alone is asked for
    columns: {
      clv: fill(30.004), p_alive: fill(0.5), orders: fill(3), spend: Float64Array.from(spend), segment: new Uint8Array(n).fill(1), last_day: Int32Array.from(last), next_order_days: fill(12.4), // 50% by then: by the end of the 13th day
    } as unknown as Table["columns"], // those of a list
  } as Table;
}

const emails = ["ana@example.com", "j.ruiz@example.com", "mei@example.jp"];
const list: List = { rows: [2, 0, 1], held: [false, true, false], asOf: END, money: true };

test("each tool has the columns that it documents", () => {
  const table = tableOf(emails);
  const more = "p_active,segment,last_order,next_order_expected,orders,spend,test_group,as_of";
  assert.equal(listCsv(listOf(table, list, "klaviyo")), [
    `Email,predicted_value,value_at_risk,${more}`,
    "mei@example.jp,30.00,60.01,0.500,slipping_champion,2026-10-21,2026-12-13,3,120.00,campaign,2026-11-30",
    "ana@example.com,30.00,60.01,0.500,slipping_champion,2026-10-21,2026-12-13,3,120.00,control,2026-11-30",
    "j.ruiz@example.com,30.00,60.01,0.500,slipping_champion,2026-10-21,2026-12-13,3,120.00,campaign,2026-11-30", ""].join("\r\n"));
  assert.equal(listOf(table, list, "mailchimp").head[0], "Email Address");
  assert.equal(listOf(table, list, "hubspot").head[0], "Email");
  // Audiences of advertisers have no group: those of the control group must not be in them.
  assert.equal(listCsv(listOf(table, list, "meta")), "email,value\r\nmei@example.jp,30.00\r\nj.ruiz@example.com,30.00\r\n");
  assert.equal(listCsv(listOf(table, list, "google")), "Email\r\nmei@example.jp\r\nj.ruiz@example.com\r\n");
  assert.ok(!listOf(table, { ...list, money: false }, "plain").head.some((name) => name.includes("value") || name === "spend"));
});

test("telephone numbers and ids stay as they are, and formulas become none", () => {
  const phones = ["+49 170 1234567", "+81-90-1234-5678", "+1 (415) 555-0100"];
  assert.equal(namingOf(phones), "phone");
  assert.deepEqual(listOf(tableOf(phones), list, "hubspot").rows.map(([cell]) => cell), [phones[2], phones[0], phones[1]]);
  assert.equal(listOf(tableOf(phones), list, "meta").head[0], "phone");
  const ids = ["000123", "123456789012345678", "=cmd()"];
  assert.equal(namingOf(ids), "id");
  assert.deepEqual(listOf(tableOf(ids), list, "plain").rows.map(([cell]) => cell), ["'=cmd()", "000123", "123456789012345678"]);
  assert.deepEqual(listOf(tableOf(ids), list, "google"), { head: [], rows: [], unnamed: 2 });
  const mixed = listOf(tableOf([...emails, "none"]), { ...list, rows: [0, 1, 2, 3], held: [false, false, false, false] }, "klaviyo");
  assert.deepEqual([mixed.rows.length, mixed.unnamed], [3, 1]);
});

test("columns of the file go along as they stand; a tool gets them by its names, or not at all", () => {
  const column = (name: string, texts: string[]) => ({ name, at: (row: number) => texts[row] });
  const along = [
    column("Phone", ["+49 0151 2345678", "", "+81 90 1234 5678"]), column("Member", ["000123", "0042", ""]), column("Note", ["=1+1", "a, b", "@x"]), column("orders", ["x", "y", "z"]), column("Segment", ["-", "", "vip"]),
  ];
  const cellsOf = (tool: Parameters<typeof listOf>[2]) => {
    const { head, rows } = listOf(tableOf(emails), { ...list, along }, tool);
    return [head, ...rows].map((cells) => cells.slice(-5));
  };
  assert.deepEqual(cellsOf("klaviyo"), [
    ["Phone Number", "Member", "Note", "file_orders", "file_Segment"], ["+81 90 1234 5678", "", "'@x", "z", "vip"], ["+49 0151 2345678", "000123", "'=1+1", "x", "'-"], ["", "0042", '"a, b"', "y", ""]]);
  assert.equal(cellsOf("plain")[0][0], "phone");
  assert.equal(listCsv(listOf(tableOf(emails), { ...list, along }, "meta")), "email,value,phone\r\nmei@example.jp,30.00,+81 90 1234 5678\r\nj.ruiz@example.com,30.00,\r\n");
  // A telephone number by which the customers are named already is another number.
  const phones = ["+49 170 1234567", "+81-90-1234-5678", "+1 (415) 555-0100"];
  assert.deepEqual(listOf(tableOf(phones), { ...list, along: [column("Mobile", phones)] }, "hubspot").head.at(-1), "Mobile");
  assert.equal(readList(listCsv(listOf(tableOf(emails), { ...list, along }, "plain")))?.customers[1].held, true);
});

test("a list comes back as it was written, from each tool, and with other separators", () => {
  for (const tool of ["plain", "klaviyo", "mailchimp", "hubspot"] as const) {
    const back = readList(listCsv(listOf(tableOf(emails), list, tool)));
    assert.deepEqual(back?.customers.map(({ id, held, orders, spend }) => [id, held, orders, spend]), [[emails[2], false, 3, 120], [emails[0], true, 3, 120], [emails[1], false, 3, 120]]);
    assert.equal(back?.asOf, END);
  }
  const other = readList("\uFEFFid;test_group\n\"a;\"\"b\";Control\nc;treatment\nd;?\n");
  assert.deepEqual(other, { customers: [{ id: "a;\"b", held: true, orders: null, spend: null }, { id: "c", held: false, orders: null, spend: null }], asOf: null, unclear: 1 });
  assert.equal(readList("email,amount\na@b.c,3\n"), null);
  assert.equal(readList(""), null);
  assert.deepEqual(parseCsv("a,b\r\n\"x\r\ny\",\r\n\r\n"), [["a", "b"], ["x\r\ny", ""]]);
});

test("a past list is read against who ordered since, and what they spent since", async () => {
  const text = listCsv(listOf(tableOf(emails), list, "plain")) + "gone@example.com,1,1,0.5,regular,2026-01-01,,1,10.00,campaign,2026-11-30\r\n";
  const past = readList(text);
  if (!past) throw new Error("no list");
  // Later: ana, of the control group, has not ordered; mei and j.ruiz have, for 50 and 30.
  const table = tableOf(emails, [END - 40, END + 3, END + 9], [120, 150, 170]);
  const { test: group, control, missing, uplift } = await evaluate(table, past, END);
  assert.deepEqual([group, control, missing], [
    { customers: 2, ordered: 2, spend: { sum: 80, squares: 3400 } }, { customers: 1, ordered: 0, spend: { sum: 0, squares: 0 } }, 1]);
  assert.equal(uplift?.rate.value, 1);
  assert.equal(uplift?.shown, false, "three customers show nothing");
});

test("a campaign is a text of the settings, and comes back; what cannot be is as at the start", () => {
  const planned = { ...campaignOf(""), who: "regular", response: 0.08, holdout: 0 };
  assert.equal(campaignText(campaignOf("")), "");
  assert.deepEqual(campaignOf(campaignText(planned)), planned);
  assert.deepEqual(campaignOf("who=nobody&response=7&contact=-1&days=x"), campaignOf(""));
});
