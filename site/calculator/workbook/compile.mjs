/**
 * Formulas as they are written in formulas/, and what a spreadsheet makes of them. A formula speaks of figures by name:
 *
 *   price                the figure of that name: an input, a step or a result, wherever its cell is
 *   today.clv            the one of a group of results
 *   schedule:margin      a whole column of a table
 *   schedule:margin@3    its cell in row 3, the first being 0
 *   margin               within the table, the cell of the same row
 *   margin@before        within the table, the cell of the row above
 *
 * Functions are written in capitals. Every figure and every column has a name in the workbook too, so that whoever
 * clicks on a cell reads =order_value*orders_per_year, and not =B5*B6.
 *
 * @typedef {{ sheet: string, columns: string[], first: number, rows: number }} Place of a table: its first row in the sheet, from 1
 * @typedef {{ table: string, row: number }} Here the cell that a formula stands in
 */

/** A text, or a name with what may go with it. */
const TOKENS = /"[^"]*"|(?<!\w)([a-z]\w*)([.:][a-z]\w*)?(?:@(\w+))?(?![\w(])/g;

/** The name in the workbook of a figure of a group, or of a column of a table. @param {string} name */
export const nameOf = (name) => name.replace(/[.:]/, "_");

/**
 * @param {string} formula @param {Set<string>} figures by name @param {Map<string, Place>} tables by name
 * @param {Here} [here] where it stands in a table
 */
export function compile(formula, figures, tables, here) {
  return formula.replace(TOKENS, (token, first, second, row) => {
    if (token.startsWith('"')) return token;
    const [table, column] = second?.startsWith(":") ? [first, second.slice(1)] : [here?.table ?? "", first];
    const place = tables.get(table);
    const at = place?.columns.indexOf(column) ?? -1;
    if (place && at >= 0 && (second?.startsWith(":") || !second)) return cellOf(place, at, row, here?.table === table ? here : undefined, `${table}:${column}`);
    const name = first + (second ?? "");
    if (!figures.has(name)) throw new Error(`“${token}” in “${formula}” is no figure`);
    return nameOf(name);
  });
}

/** @param {Place} place @param {number} column @param {string | undefined} row @param {Here | undefined} here @param {string} name */
function cellOf(place, column, row, here, name) {
  if (row === undefined && !here) return nameOf(name);
  const line = row === "before" ? Number(here?.row) - 1 : row === undefined ? Number(here?.row) : Number(row);
  const letter = letterOf(column);
  return here ? `${letter}${place.first + line}` : `'${place.sheet}'!$${letter}$${place.first + line}`;
}

/** A column's letters. @param {number} column from 0 @returns {string} */
export function letterOf(column) {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}
