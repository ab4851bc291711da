import assert from "node:assert/strict";
import test from "node:test";
import { Format, currencyIn, currencyOf, isLocale } from "../base/format.ts";
import { directionOf, localeOf } from "../base/messages.ts";

const english = new Format({ locale: "en-US", currency: "USD" });
const german = new Format({ locale: "de-DE", currency: "EUR" });
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("money is rounded in a sentence and exact in a table", () => {
  assert.equal(english.value(1390.93, "money", true), "$1,391");
  assert.equal(english.value(1390.93, "money"), "$1,390.93");
  assert.equal(english.value(12.5, "money", true), "$12.50");
  assert.equal(english.value(-25, "money"), "-$25.00");
  assert.deepEqual([0, 0.004, 0.25, 1390.93].map((n) => english.rounded(n)), ["$0", "$0", "$0.25", "$1,391"]); // nothing has no cents
  assert.equal(english.value(-0.001, "money"), "$0.00");
  assert.equal(plain(german.value(1390.93, "money")), "1.390,93 €");
  assert.equal(english.value(8.3333e14, "money"), "$833.3T");
});

test("in English of any country money has the decimal sign of other numbers", () => {
  const decimal = (text: string) => /1(\D)5/.exec(text)?.[1];
  for (const region of ["BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IN", "IT", "NL", "NO", "PL", "PT", "SE", "US", "ZA"]) {
    const format = new Format({ locale: `en-${region}`, currency: "EUR" });
    assert.equal(decimal(format.value(1111111.5, "money")), decimal(format.value(1111111.5, "count")), region);
    assert.equal(format.parse(plain(format.value(1234567.5, "money"))), 1234567.5, region);
  }
  const dutch = new Format({ locale: "en-NL", currency: "EUR" });
  assert.deepEqual([dutch.value(1390.93, "money"), dutch.value(1390.93, "money", true), dutch.value(-25, "money"), dutch.typed(1390.93, "money")], ["€1.390,93", "€1.391", "-€25,00", "1.390,93"]);
});

test("durations are told in months up to two years", () => {
  assert.equal(english.value(5.73, "periods"), "5.7 months");
  assert.equal(english.value(20, "periods"), "20 months");
  assert.equal(english.value(38.4, "periods"), "3.2 years");
  assert.equal(english.with("quarter").value(2, "periods"), "6 months");
  assert.equal(english.with("year").value(0, "periods"), "0 years");
  assert.equal(english.value(1, "months"), "1 month");
  assert.equal(english.value(0.5, "years"), "6 months");
});

test("shares are shown and typed in per cent", () => {
  assert.equal(english.value(0.05, "share"), "5%");
  assert.equal(english.value(0.00045, "share"), "0.045%");
  assert.equal(english.typed(0.07, "share"), "7");
  assert.equal(english.typed(0.1 + 0.2, "rate"), "30");
  assert.equal(english.parse("7.1", "share"), 0.071);
  assert.equal(english.parse("5 %", "share"), 0.05);
});

test("what does not exist is a dash, never NaN", () => {
  for (const value of [null, undefined, NaN, Infinity]) assert.equal(english.value(value, "money"), "–");
});

test("numbers typed in any way that leaves no doubt are understood", () => {
  const cases: [Format, string, number | string | null][] = [
    [english, "1,234.5", 1234.5],
    [english, "1.234,56", 1234.56],
    [english, "1,234", 1234],
    [english, "12,5", 12.5],
    [english, "0,123", 0.123],
    [english, "$1,234", 1234],
    [english, "R$ 1.234,56", 1234.56],
    [english, "-A$5", -5],
    [english, "1,234.50 US$", 1234.5],
    [english, "1 234", 1234],
    [english, "12,34,567", 1234567],
    [german, "1.234", 1234],
    [german, "1.234,5", 1234.5],
    [german, "12.5", 12.5],
    [german, "1,234", 1.234],
    [german, "99 €", 99],
    [english, "-5", -5],
    [english, "−5", -5],
    [english, ".5", 0.5],
    [english, "1e3", 1000],
    [english, "1e308", 1e308],
    [english, "1e400", Number.MAX_VALUE],
    [english, "٣٤٫٥", 34.5],
    [english, "", null],
    [english, "  ", null],
  ];
  for (const [format, text, number] of cases) assert.equal(format.parse(text), number, `${format.locale}: ${text}`);
});

test("Japanese sets no space between digits and their unit", () => {
  const japanese = new Format({ locale: "ja-JP", currency: "JPY" });
  assert.equal(japanese.value(20, "months"), "20か月");
  assert.equal(japanese.value(2.5, "years"), "2.5年");
  assert.equal(new Format({ locale: "fr", currency: "EUR" }).value(20, "months"), "20\u00a0mois");
});

test("numbers typed in the way of each language are understood", () => {
  const cases: [string, string, number][] = [
    ["en", "1,234.56", 1234.56],
    ["en", "1.234", 1.234],
    ["de", "1.234,56", 1234.56],
    ["de", "1.234", 1234],
    ["de", "0,5", 0.5],
    ["de", "1.234.567,8", 1234567.8],
    ["es", "1.234,56", 1234.56],
    ["es", "1.234", 1234],
    ["es", "1234,5", 1234.5],
    ["pt-BR", "R$ 1.234,56", 1234.56],
    ["pt-BR", "1.234", 1234],
    ["fr", "1\u202f234,56", 1234.56],
    ["fr", "1\u00a0234,56", 1234.56],
    ["fr", "1 234,56 €", 1234.56],
    ["fr", "1,234", 1.234],
    ["fr", "1.234", 1.234],
    ["ja", "１２３４．５", 1234.5],
    ["ja", "１，２３４", 1234],
    ["ja", "－５", -5],
    ["ja", "￥1,234", 1234],
    ["ja", "1,234円", 1234],
    ["ar", "١٬٢٣٤٫٥٦", 1234.56],
    ["ar", "١٢٫٥", 12.5],
    ["ar", "1,234.56", 1234.56],
    ["ar-EG", "1,234", 1234],
    ["ar-EG", "١٬٢٣٤", 1234],
    ["ar", "\u200f-٥", -5],
    ["ar", "١،٥", 1.5],
    ["fa", "۱۲۳۴٫۵", 1234.5],
  ];
  for (const [locale, text, number] of cases) {
    assert.equal(new Format({ locale, currency: "EUR" }).parse(text), number, `${locale}: ${text}`);
  }
  for (const [locale, currency, text] of [["sv", "SEK", "1 234,5 kr"], ["pl", "PLN", "1234,5 zł"], ["fr", "USD", "1 234,5 $US"], ["ar", "SAR", "1,234.5 ر.س.\u200f"], ["de-CH", "CHF", "CHF 1’234.50"]])
    assert.equal(new Format({ locale, currency }).parse(text), 1234.5, `${locale}: ${text}`);
  assert.equal(new Format({ locale: "ja", currency: "JPY" }).parse("７．５％", "share"), 0.075);
  assert.equal(new Format({ locale: "ar", currency: "USD" }).parse("٧٫٥٪", "share"), 0.075);
});

test("an Arabic page has the digits and the sign of its texts, in every region", () => {
  for (const locale of ["ar", "ar-EG", "ar-AE"]) {
    const format = new Format({ locale, currency: "USD" });
    assert.equal(format.percent(0.125), "\u061c12.5٪\u061c", locale);
    assert.equal(format.value(1234, "count"), "1,234", locale);
    assert.equal(format.beside("share").after, "٪", locale);
  }
  assert.equal(new Format({ locale: "ar-u-nu-arab", currency: "USD" }).value(12, "count"), "١٢");
});

test("what is not a number stays as it was typed", () => {
  for (const text of ["abc", "1.2.3", "1,2,3", "0x10", "NaN", "Infinity", "--5", "5 apples", "<script>", "%"]) {
    assert.equal(english.parse(text), text);
  }
});

test("money in a field has its cents or none", () => {
  assert.deepEqual([4.5, 42, 0.005, 1234.5].map((value) => english.typed(value, "money")), ["4.50", "42", "0.005", "1,234.50"]);
  assert.equal(new Format({ locale: "ja-JP", currency: "JPY" }).typed(4.5, "money"), "4.5");
});

test("what stands in a field reads back as the same number, in every locale", () => {
  for (const locale of ["en-US", "de-DE", "fr-FR", "de-CH", "en-IN", "ar-EG", "fa-IR", "ja-JP", "pt-BR", "hi-IN-u-nu-deva"]) {
    const format = new Format({ locale, currency: "EUR" });
    for (const value of [0, 1, 12.5, 1234, 1234.5678, 1e6, 1e12, 0.001, -3.25]) {
      assert.equal(format.parse(format.typed(value)), value, `${locale}: ${format.typed(value)}`);
      assert.equal(format.parse(format.typed(value / 1000, "share"), "share"), value / 1000, locale);
    }
  }
});

test("a column of figures is read however it was pasted", () => {
  for (const text of ["1000\n631\n468", "1,000\r\n631\r\n468\r\n", "1000\t631\t468", "1000, 631, 468", "1000;631;468", "1000,631,468"]) {
    assert.deepEqual(english.parseList(text), [1000, 631, 468], JSON.stringify(text));
  }
  assert.deepEqual(new Format({ locale: "fr", currency: "EUR" }).parseList("1\u202f000\n631,5\n468"), [1000, 631.5, 468]);
  assert.deepEqual(german.parseList("1\n0,631\n0,468"), [1, 0.631, 0.468]);
  assert.equal(english.parseList("1000\nabc"), "1000\nabc");
  assert.equal(english.parseList("\n"), null);
  // Of shares: per cent, unless all are fractions.
  for (const text of ["42\n28\n14.5", "42%\n28%\n14.5%", "0.42\n0.28\n0.145"]) assert.deepEqual(english.parseList(text, "share"), [0.42, 0.28, 0.145], text);
  assert.deepEqual(english.parseList("0.9%\n0.5%", "share"), [0.009, 0.005]);
  assert.deepEqual(english.parseList("42\n0.5", "share"), [0.42, 0.005]);
  assert.deepEqual(english.parseList("1000\n631", "count"), [1000, 631]);
});

test("locales bring their currency and direction; nonsense is no locale", () => {
  assert.equal(currencyOf("de-AT"), "EUR");
  assert.equal(currencyOf("ja-JP"), "JPY");
  assert.equal(currencyOf("en"), "USD");
  assert.deepEqual(["en", "de", "fr", "es", "pt-BR", "ja", "ar", "nl"].map(currencyIn), ["USD", "EUR", "EUR", "EUR", "BRL", "JPY", "USD", "EUR"]);
  // A system without a language; one that writes its own as Unix does; one with a region.
  assert.deepEqual([["C"], ["en_US"], ["de-AT"], []].map((read) => localeOf("en", read)), ["en", "en", "en-AT", "en"]);
  assert.equal(currencyOf("C"), "USD");
  assert.equal(directionOf("ar"), "rtl");
  assert.equal(directionOf("en-GB"), "ltr");
  for (const text of ["<b>", "x", "", "../../etc"]) assert.equal(isLocale(text), false, text);
});

test("a figure of hundreds of digits fits its field, and is read back", () => {
  const format = new Format({ locale: "en-US", currency: "USD" });
  for (const value of [Number.MAX_VALUE, 1e15, -2.5e200]) {
    const shown = format.typed(value);
    assert.ok(shown.length < 14, shown);
    assert.ok(Math.abs(Number(format.parse(shown)) / value - 1) < 1e-5, shown);
  }
  assert.equal(format.typed(123456789012345), "123,456,789,012,345");
});

test("a rounded ratio says whether it is above 1", () => {
  assert.deepEqual([1.038, 0.962, 1, 3.16, 20.04].map((ratio) => english.value(ratio, "ratio", true)), ["1.04×", "0.96×", "1×", "3.2×", "20×"]);
});

test("a difference has its sign, a share's in percentage points", () => {
  assert.equal(english.change(120.4, "money"), "+$120");
  assert.equal(english.change(-12.5, "money"), "-$12.50");
  assert.equal(english.change(-0.01, "share"), "-1 percentage point");
  assert.equal(english.change(0.35, "ratio"), "+0.4×");
  assert.equal(english.change(0.00001, "money"), "$0.00");
});
