/** The look of a widget before it is loaded, by its attributes: its facade loads this where there are any. What makes no sense is as if it were not there. */
import { type Look, schemeOf, styleOf } from "./look.ts";

const text = (widget: Element, name: string, isRight: RegExp, otherwise = "") => {
  const given = widget.getAttribute(name)?.trim() ?? "";
  return isRight.test(given) ? given : otherwise;
};

/** Six digits behind their sign, of three or six with or without it. */
const colour = (widget: Element, name: string) =>
  text(widget, name, /^#?([\da-f]{3}|[\da-f]{6})$/i).toLowerCase().replace(/^#?(.)(.)(.)$/, "#$1$1$2$2$3$3").replace(/^(?=[^#])/, "#");

export function lookOf(widget: Element) {
  const look: Look = {
    theme: text(widget, "theme", /^(light|dark)$/, "auto"),
    accent: colour(widget, "accent"), surface: colour(widget, "surface"), text: colour(widget, "text"),
    radius: parseInt(text(widget, "radius", /^([12]?\d|3[0-2])(px)?$/, "8"), 10),
    font: text(widget, "font", /^inherit$/, "own"),
  };
  return { style: styleOf(look, widget), scheme: schemeOf(look) };
}
