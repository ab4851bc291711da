/** What the options say about the look: for the element and for its facade. */
import { luminance, readableOn } from "./colours.ts";

/** The options of the look, as the element has them. */
export interface Look {
  theme: string;
  accent: string;
  surface: string;
  text: string;
  radius: number;
  font: string;
}

/** A style that the page's own rules for the element override. */
export function styleOf({ accent, surface, text, radius, font }: Look, element: Element) {
  const ink = text || (surface && readableOn(surface));
  const rules = [`--hourglass-radius:${radius}px`];
  if (accent) rules.push(`--hourglass-accent:${accent}`, `--hourglass-wash:${accent}22`, `--on-accent:${readableOn(accent)}`);
  if (surface) rules.push(`--hourglass-paper:${surface}`);
  if (ink) rules.push(`--hourglass-ink:${ink}`, ...["quiet:75", "edge:55", "rule:18", "sunken:6"].map(mixed));
  if (font === "inherit") {
    const family = getComputedStyle(element.parentElement ?? document.documentElement).fontFamily;
    rules.push(`--hourglass-font:${family}`, `--hourglass-serif:${family}`);
  }
  return `:host{${rules.join(";")}}`;
}

/** Which of the two looks fits: that of the surface, where one is given. */
export function schemeOf({ theme, surface, text }: Look) {
  if (surface || text) return (surface ? luminance(surface) < 0.18 : luminance(text) > 0.5) ? "dark" : "light";
  return theme;
}

/** A shade between writing and surface: "quiet:75" is three quarters writing. */
function mixed(part: string) {
  const [name, share] = part.split(":");
  return `--hourglass-${name}:color-mix(in srgb,var(--ink) ${share}%,var(--paper))`;
}
