import { noChange } from "lit";
import { type AttributePart, Directive, directive } from "lit/directive.js";

/**
 * Lit's styleMap writes a style attribute when it first renders, which the page's policy forbids. This sets one property
 * after the other instead: style=${styled({ inlineSize: "4rem" })}.
 */
class Styled extends Directive {
  override render(properties: Record<string, string | undefined>) {
    void properties;
    return noChange;
  }

  override update(part: AttributePart, [properties]: [Record<string, string | undefined>]) {
    const { style } = part.element as HTMLElement | SVGElement; // what has a style
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("--")) style.setProperty(name, value ?? "");
      else Object.assign(style, { [name]: value ?? "" });
    }
    return noChange;
  }
}

export const styled = directive(Styled);
