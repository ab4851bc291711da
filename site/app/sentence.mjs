/**
 * Fills in a scenario's sentence. {name} is a result or an input in its unit, {name:abs} without its sign, {name:points}
 * a share in points, {name:plain} without a unit; a clause in [brackets] is left out when one of its figures does not exist.
 * @param {string} template
 * @param {(name: string, how?: string) => string | null} figure null where there is none
 */
export function fillSentence(template, figure) {
  const clauses = template.replace(/\[([^\]]*)\]/g, (_, clause) => fill(clause, figure) ?? "");
  return (fill(clauses, (name, how) => figure(name, how) ?? "–") ?? "").trim();
}

/**
 * A figure as a sentence wants it.
 * @param {number} value @param {string | undefined} unit @param {string} how "points", "abs", "plain" or nothing
 * @param {import("./format.mjs").Format} format @param {boolean} [rounded]
 */
export function inSentence(value, unit, how, format, rounded = true) {
  if (how === "points") return format.points(value);
  return format.value(how === "abs" ? Math.abs(value) : value, how === "plain" ? "count" : unit, rounded);
}

/** @param {string} text @param {(name: string, how?: string) => string | null} figure */
function fill(text, figure) {
  let complete = true;
  const filled = text.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name, how) => {
    const shown = figure(name, how);
    complete &&= shown !== null;
    return shown ?? "";
  });
  return complete ? filled : null;
}
