import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

/**
 * Lit's styleMap writes a style attribute when it first renders, which the page's policy forbids. This sets one property
 * after the other instead: style=${styled({ inlineSize: "4rem" })}.
 */
class Styled extends Directive {
  /** @param {Record<string, string | undefined>} properties */
  render(properties) {
    void properties;
    return noChange;
  }

  /** @param {import("lit/directive.js").AttributePart} part @param {[Record<string, string | undefined>]} values */
  update(part, [properties]) {
    const { style } = /** @type {HTMLElement | SVGElement} */ (part.element);
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("--")) style.setProperty(name, value ?? "");
      else Object.assign(style, { [name]: value ?? "" });
    }
    return noChange;
  }
}

export const styled = directive(Styled);
