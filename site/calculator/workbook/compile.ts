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
 * clicks on a cell reads =order_value*orders_per_year, and not =B5*B6. Where the same formulas are calculated for many cases
 * side by side, each case has its own cells instead (see scenarios.ts).
 */

/** The cell that a formula stands in. */
export type Here = { table: string, row: number };

/** Where what a formula speaks of stands; figure tells whether there is one of that name. */
export interface Places {
  figure: (name: string) => string | undefined;
  tables: Map<string, string[]>; // their columns
  column: (table: string, column: string) => string;
  cell: (table: string, column: string, row: number, here?: Here) => string;
}

/** A text, or a name with what may go with it. */
const TOKENS = /"[^"]*"|(?<!\w)([a-z]\w*)([.:][a-z]\w*)?(?:@(\w+))?(?![\w(])/g;

/** The name in the workbook of a figure of a group, or of a column of a table. */
export const nameOf = (name: string) => name.replace(/[.:]/, "_");

/** @param here where it stands in a table */
export function compile(formula: string, places: Places, here?: Here) {
  return formula.replace(TOKENS, (token, first, second, row) => {
    if (token.startsWith('"')) return token;
    const [table, column] = second?.startsWith(":") ? [first, second.slice(1)] : [here?.table ?? "", first];
    if (places.tables.get(table)?.includes(column) && (second?.startsWith(":") || !second)) {
      const within = here?.table === table;
      if (row === undefined && !within) return places.column(table, column);
      const line = row === "before" ? Number(here?.row) - 1 : row === undefined ? Number(here?.row) : Number(row);
      return places.cell(table, column, line, within ? here : undefined);
    }
    const found = places.figure(first + (second ?? ""));
    if (found === undefined) throw new Error(`“${token}” in “${formula}” is no figure`);
    return found;
  });
}
