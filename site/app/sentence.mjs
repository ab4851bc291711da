/**
 * Fills in a scenario's sentence. {name} is a result or an input in its unit, {name:abs} without its sign; a clause in
 * [brackets] is left out when one of its figures does not exist.
 * @param {string} template
 * @param {(name: string, abs: boolean) => string | null} figure null where there is none
 */
export function fillSentence(template, figure) {
  const clauses = template.replace(/\[([^\]]*)\]/g, (_, clause) => fill(clause, figure) ?? "");
  return (fill(clauses, (name, abs) => figure(name, abs) ?? "–") ?? "").trim();
}

/** @param {string} text @param {(name: string, abs: boolean) => string | null} figure */
function fill(text, figure) {
  let complete = true;
  const filled = text.replace(/\{(\w+)(:abs)?\}/g, (_, name, abs) => {
    const shown = figure(name, Boolean(abs));
    complete &&= shown !== null;
    return shown ?? "";
  });
  return complete ? filled : null;
}
