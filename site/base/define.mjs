/**
 * Registers an element, unless somebody has: where two versions of the widget meet in one page, the first stays in
 * charge of all its elements.
 * @param {string} name @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
