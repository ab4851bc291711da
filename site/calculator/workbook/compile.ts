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
 */
/** Of a table: its first row in the sheet, from 1. */
export type Place = { sheet: string, columns: string[], first: number, rows: number };

/** The cell that a formula stands in. */
export type Here = { table: string, row: number };

/** A text, or a name with what may go with it. */
const TOKENS = /"[^"]*"|(?<!\w)([a-z]\w*)([.:][a-z]\w*)?(?:@(\w+))?(?![\w(])/g;

/** The name in the workbook of a figure of a group, or of a column of a table. */
export const nameOf = (name: string) => name.replace(/[.:]/, "_");

/** @param figures by name @param tables by name @param here where it stands in a table */
export function compile(formula: string, figures: Set<string>, tables: Map<string, Place>, here?: Here) {
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

function cellOf(place: Place, column: number, row: string | undefined, here: Here | undefined, name: string) {
  if (row === undefined && !here) return nameOf(name);
  const line = row === "before" ? Number(here?.row) - 1 : row === undefined ? Number(here?.row) : Number(row);
  const letter = letterOf(column);
  return here ? `${letter}${place.first + line}` : `'${place.sheet}'!$${letter}$${place.first + line}`;
}

/** A column's letters. @param column from 0 */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}
