/**
 * Registers an element, unless somebody has: where two versions of the widget meet in one page, the first stays in
 * charge of all its elements.
 */
export function define(name: string, element: CustomElementConstructor) {
  if (!customElements.get(name)) customElements.define(name, element);
}
