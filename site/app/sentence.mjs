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
