// What the pages of spreadsheets say of formulas in other languages: a table of names, of what parts arguments and of the decimal sign.

/** By language, what stands there for the English words of the table's first column; "en" has the words themselves. */
export type Words = Record<string, Record<string, string>>;

/** The table of a page, which has one with English at its head. */
export function wordsOf(page: string): Words {
  const rows = page.split("\n").filter((line) => line.startsWith("|") && !line.startsWith("|--")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replace(/^`|`$/g, "")));
  const head = rows.findIndex(([first]) => first === "English");
  const [[, ...languages], ...table] = rows.slice(head);
  const words: Words = { en: { ...Object.fromEntries(table.map(([word]) => [word, word])), "between arguments": ",", "decimal sign": "." } };
  for (const [i, language] of languages.entries()) words[language] = Object.fromEntries(table.map(([word, ...said]) => [word, said[i]]));
  return words;
}

/** An English formula with a language's words: names, what parts arguments, the decimal sign; texts in quotes stay. */
export const spoken = (formula: string, said: Record<string, string>) =>
  formula.split(/("(?:[^"]|"")*")/).map((piece, i) => (i % 2 ? piece : piece.replaceAll(",", said["between arguments"]).replace(/(\d)\.(\d)/g, `$1${said["decimal sign"] ?? "."}$2`).replace(NAME, (name) => said[name] ?? name))).join("");

/** A function's name in a formula, its texts in quotes aside. */
export const NAME = /[A-Z][A-Z.]+(?=\()/g;
