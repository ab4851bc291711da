/** What a field works out: 99*12, (40+9,50)/2, in the way its locale writes numbers. */
import { type Format, isPercent } from "../base/format.ts";

/** What stands between two signs of arithmetic, which is the locale's to read, or such a sign; that of an exponent is none. */
const TOKEN = /(?:[^+\-*/×÷·()]|(?<=\de)[+-](?=\d))+|[+\-*/×÷·()]/gi;

/** What a field's text is: a figure, or what an expression of figures comes to; null for nothing, the text where it is neither. */
export function worked(text: string, format: Format, unit?: string): number | string | null {
  const plain = format.parse(text, unit);
  if (typeof plain !== "string") return plain;
  const result = calculated(plain, (part) => figureIn(part, format, unit));
  if (result === null) return plain;
  // Divided by a hundred as what is typed is, so that 10/2 and 5 are the same share.
  return Number((isPercent(unit) ? result / 100 : result).toPrecision(15));
}

/** A number within an expression. In a field in per cent the sign changes nothing; elsewhere 10% is a tenth. */
function figureIn(part: string, format: Format, unit?: string) {
  const figure = format.parse(part);
  if (typeof figure !== "number") return null;
  return !isPercent(unit) && /[%٪％]\s*$/.test(part) ? figure / 100 : figure;
}

/** The result of an expression; null where it is none, or has no finite one. */
function calculated(text: string, read: (part: string) => number | null): number | null {
  const signs = text.replace(/[−–－]/g, "-").replace(/[＊✕]/g, "*").replace(/／/g, "/").replace(/＋/g, "+");
  const tokens = (signs.match(TOKEN) ?? []).map((token) => token.trim()).filter(Boolean);
  let at = 0;
  const next = (one: string) => (tokens[at] && one.includes(tokens[at]) ? tokens[at++] : "");
  const sum = (): number => {
    let total = product();
    for (let sign = next("+-"); sign; sign = next("+-")) total += (sign === "-" ? -1 : 1) * product();
    return total;
  };
  const product = (): number => {
    let total = one();
    for (let sign = next("*/×÷·"); sign; sign = next("*/×÷·")) {
      const by = one();
      total = "/÷".includes(sign) ? total / by : total * by;
    }
    return total;
  };
  const one = (): number => {
    if (next("-")) return -one();
    if (next("(")) {
      const inner = sum();
      return next(")") ? inner : NaN;
    }
    return read(tokens[at++] ?? "") ?? NaN;
  };
  const result = tokens.length ? sum() : NaN;
  return at === tokens.length && Number.isFinite(result) ? result : null;
}
