import assert from "node:assert/strict";
import test from "node:test";
import { Format } from "../base/format.ts";
import { worked } from "../calculator/expression.ts";

const english = new Format({ locale: "en-US", currency: "USD" });

test("a field works out what is typed, in the way of its locale", () => {
  const cases: [string, string, number][] = [
    ["en-US", "99*12", 1188], ["en-US", "99 × 12", 1188], ["en-US", "1,200/12", 100], ["en-US", "(40+9.50)/2", 24.75], ["en-US", "10-2*3", 4], ["en-US", "12-2-3", 7], ["en-US", "24/4/2", 3],
    ["en-US", "-5+8", 3], ["en-US", "2*-3", -6], ["en-US", "$1,200*2", 2400], ["en-US", "1.5e3*2", 3000], ["en-US", "2*1e-3", 0.002], ["en-US", "1200*10%", 120], ["en-US", "0.1+0.2", 0.3],
    ["de-DE", "99,50*12", 1194], ["de-DE", "1.200,50/2", 600.25], ["de-DE", "9,99 € * 3", 29.97], ["fr-FR", "1\u202f200,5+0,5", 1201], ["es-ES", "9,5*2", 19], ["pt-BR", "1.000,5*2", 2001],
    ["ja-JP", "１２００×１２", 14400], ["ja-JP", "1,200円÷2", 600], ["ar", "٩٩×١٢", 1188], ["ar", "٩٫٥ * ٢", 19],
  ];
  for (const [locale, text, result] of cases) assert.equal(worked(text, new Format({ locale, currency: locale === "ja-JP" ? "JPY" : locale === "en-US" ? "USD" : "EUR" })), result, `${locale}: ${text}`);
});

test("a share is worked out in per cent, with or without the sign", () => {
  for (const text of ["60/12", "60%/12", "2+3", "2%+3%", "5"]) assert.equal(worked(text, english, "share"), 0.05, text);
});

test("what is no expression stays what it is", () => {
  for (const text of ["99*", "*3", "(1+2", "1+2)", "1//2", "a*2", "2*b", "1/0", "()", "--", "1.2.3.4*2", "x"]) assert.equal(worked(text, english), text);
  assert.equal(worked("", english), null);
  assert.equal(worked("1,234.5", english), 1234.5);
  assert.equal(worked("1e-5", english), 1e-5);
});
