/** Values as the examples of the API's pages write them: internal/gen/faces/samples.go writes the first, from the same rules. */

/** A value as JSON in one line, as curl, Go and R send it. */
export const compact = (value: unknown) => JSON.stringify(value);

const WORDS = { JavaScript: { null: "null", true: "true", false: "false" }, Python: { null: "None", true: "True", false: "False" } };

/** A value as a literal of a language, in one line with a space after each comma and colon. */
export function spaced(value: unknown, language: keyof typeof WORDS): string {
  if (Array.isArray(value)) return `[${value.map((one) => spaced(one, language)).join(", ")}]`;
  if (value !== null && typeof value === "object") return `{${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one, language)}`).join(", ")}}`;
  return value === null || typeof value === "boolean" ? WORDS[language][`${value}`] : JSON.stringify(value);
}

/** The body of an example, as its language writes it. */
export const written = (body: unknown, label: string) => (label === "JavaScript" || label === "Python" ? spaced(body, label) : compact(body));

/** Of a list this many entries are shown. */
const MOST = 3;

/** An answer for reading: a line for each member, lists in one and cut. */
export function laidOut(value: unknown, indent = ""): string {
  if (value instanceof Float64Array) return laidOut([...value], indent);
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST).map((one) => laidOut(one, indent));
    if (value.length > MOST) shown.push(`… ${value.length - MOST} more`);
    return `[${shown.join(", ")}]`;
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const lines = Object.entries(value).map(([name, one]) => `${indent}  ${JSON.stringify(name)}: ${laidOut(one, `${indent}  `)}`);
  return lines.length ? `{\n${lines.join(",\n")}\n${indent}}` : "{}";
}

/** What a field's text stands for: nothing, a number, a word, or JSON; undefined where it is left out. A text that is no such thing stays one, for the engine or the API to refuse. */
export function understood(text: string, kind: string): unknown {
  const entry = text.trim();
  if (entry === "") return undefined;
  if (kind === "option") return entry;
  if (kind === "number") return Number.isFinite(Number(entry)) ? Number(entry) : entry;
  try {
    return JSON.parse(entry.startsWith("[") ? entry : `[${entry}]`);
  } catch {
    return entry;
  }
}
