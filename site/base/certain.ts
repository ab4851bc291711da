/** What the compiler cannot know and the code can: looked at where it runs, so that a mistake is named and not passed on. */

/** A value that is there wherever it is asked for. @param name what it is, for whoever made the mistake */
export function required<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new TypeError(`there is no ${name}`);
  return value;
}

/** The element that a page or a template has. */
export function part<E extends Element>(root: ParentNode, selector: string, kind: { new (): E; readonly name: string }): E {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`${selector} is no ${kind.name}`);
}

/** The names of a table whose type has them all: one that is written in the code, not one that came from outside. */
export const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[]; // Object.keys is for objects that may have more
