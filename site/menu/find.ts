/**
 * The search itself: every word of the query has to be found, at the beginning of a word, within one where it is long or in a script without
 * spaces, or with one letter wrong. Written here, since a hundred short entries need no index: MiniSearch, the smallest library kept well, is 6 KB
 * compressed, splits no Japanese and would weigh as much as the entries themselves.
 */

export interface Found {
  title: string;
  says: string; // beside it
  path: string; // from the site's root
  names?: string; // that people use
  words?: string; // its fields and results
}

export interface Index {
  calculators: Found[];
  terms: Found[];
  docs: Found[];
}

/** What a word counts where it is found. */
const WEIGHTS: [part: keyof Found, weight: number][] = [["title", 10], ["names", 8], ["says", 4], ["words", 1]];

/** Scripts that are written without spaces between words. */
const UNSPACED = /[぀-ヿ㐀-鿿]/;

/** How long a word has to be to be found within another, and to be forgiven a letter. */
const LONG = 4;

/**
 * Without case, accents, Arabic vowel signs, and the letters that people type for one another: full-width ones, the forms of alef, ta marbuta.
 */
export function plain(text: string) {
  return text.normalize("NFKD").replace(/[\p{M}ـ]/gu, "").toLowerCase().replace(/[أإآٱ]/g, "ا").replace(/ة/g, "ه").replace(/ى/g, "ي").replace(/ß/g, "ss");
}

/** The words of a text; the Arabic article is not one of them. */
export const wordsOf = (text: string) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => word.replace(/^ال(?=.{3})/, ""));

/** Whether two words differ by a letter: one more, one less, another, or two in the other order. */
function near(a: string, b: string) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (x: string, from: number) => x.slice(from);
  return rest(a, i + 1) === rest(b, i + 1) || rest(a, i) === rest(b, i + 1) || rest(a, i + 1) === rest(b, i)
    || (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, i + 2) === rest(b, i + 2));
}

/** How well a word of the query is found in a text: 0 where it is not. */
function fit(word: string, text: string, words: string[]) {
  if (UNSPACED.test(word)) return text.includes(word) ? 2 : 0;
  let best = 0;
  for (const other of words) {
    if (other === word) return 3;
    if (other.startsWith(word)) best = Math.max(best, 2);
    else if (word.length >= LONG && other.includes(word)) best = Math.max(best, 1);
    else if (word.length >= LONG && (near(word, other) || near(word, other.slice(0, word.length)))) best = Math.max(best, 0.5);
  }
  return best;
}

function score(entry: Found, query: string[], whole: string) {
  const parts = WEIGHTS.map(([part, weight]) => ({ weight, text: plain(entry[part] ?? ""), words: wordsOf(entry[part] ?? "") }));
  let sum = 0;
  for (const word of query) {
    const best = Math.max(...parts.map(({ weight, text, words }) => weight * fit(word, text, words)));
    if (best === 0) return 0;
    sum += best;
  }
  const [title, names] = parts;
  if (title.text === whole) sum += 100;
  else if (title.text.startsWith(whole)) sum += 20;
  if (names.text.split(/, /).includes(whole)) sum += 60;
  return sum;
}

/** The best of a list for a query, the best first. */
export function search(list: Found[], query: string, most: number): Found[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const whole = plain(query.trim());
  return list.map((entry) => ({ entry, score: score(entry, words, whole) })).filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score).slice(0, most).map((one) => one.entry);
}
