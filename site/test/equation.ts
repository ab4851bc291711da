/** Reads a printed equation: MathML as a person reads it, to its value. It knows nothing of the engine. */

/** An element of the MathML, as plain data. */
export type Printed = { name: string, text: string, children: Printed[] };

/** Elements that only hold a row of others. */
const ROWS = ["math", "mrow", "mpadded", "mstyle"];

/** How many digits a figure is printed with; fewer where the last ones are zeros. */
const DIGITS = 6;

/** Terms of a sum without end after which nothing is left to add. */
const MOST_TERMS = 200_000;

/**
 * What stands on the right of the first equals sign, once with the figures as printed and how far it may be off because
 * they are printed to six digits.
 * @param read a printed figure
 */
export function evaluate(math: Printed, read: (text: string) => number): { value: number, within: number, left: string } {
  const figures = collect(math, (node) => node.name === "mn" && node.text !== "");
  const right = (values: Map<Printed, number>) => {
    const clauses = split(flatten([math]), ",");
    const defined = new Map<string, Printed[]>();
    for (const clause of clauses.slice(1)) {
      const [left, body] = split(clause, "=");
      if (left.length === 1 && body) defined.set(left[0].text, body);
    }
    return new Reader(values, defined).row(split(clauses[0], "=")[1]);
  };
  const exact = new Map(figures.map((node) => [node, read(node.text)]));
  const value = right(exact);
  let within = 1e-9 * Math.abs(value);
  for (const node of figures) {
    const printed = exact.get(node) as number;
    if (printed === 0) continue;
    const step = 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(printed))) - DIGITS + 1);
    within += Math.abs(right(new Map(exact).set(node, printed + step)) - value);
  }
  return { value, within, left: split(flatten([math]), "=")[0].map((n) => n.text).join("") };
}

/** The clauses after the first whose left side is a figure too: each side's value. */
export function furtherClauses(math: Printed, read: (text: string) => number) {
  return split(flatten([math]), ",").slice(1).flatMap((clause) => {
    const [left, body] = split(clause, "=");
    if (left.length !== 1 || left[0].name !== "mn") return [];
    const values = new Map(collect(math, (n) => n.name === "mn").map((n) => [n, read(n.text)]));
    const reader = new Reader(values, new Map());
    return [{ left: reader.row(left), right: reader.row(body) }];
  });
}

function collect(node: Printed, wanted: (node: Printed) => boolean): Printed[] {
  return wanted(node) ? [node] : node.children.flatMap((child) => collect(child, wanted));
}

/** The row without the elements that only hold others, and without spaces. */
function flatten(nodes: Printed[]): Printed[] {
  return nodes.flatMap((node) => {
    if (node.name === "mspace" || node.text === "\u2061") return [];
    return ROWS.includes(node.name) ? flatten(node.children) : [node];
  });
}

/** @param sign an operator */
function split(nodes: Printed[], sign: string) {
  const parts: Printed[][] = [[]];
  for (const node of nodes) {
    if (node.name === "mo" && node.text === sign) parts.push([]);
    else (parts.at(-1) as Printed[]).push(node);
  }
  return parts;
}

/** Sums of products of powers, as they are written. */
class Reader {
  #row: Printed[] = [];
  #at = 0;

  constructor(readonly figures: Map<Printed, number>, readonly defined: Map<string, Printed[]>, private indices = new Map<string, number>()) {}

  row(nodes: Printed[]): number {
    const inner = new Reader(this.figures, this.defined, this.indices);
    inner.#row = flatten(nodes);
    const value = inner.#sum();
    if (inner.#at < inner.#row.length) throw new Error(`what is ${inner.#row[inner.#at].text}?`);
    return value;
  }

  get #next() {
    return this.#row[this.#at];
  }

  #takes(sign: string) {
    const taken = this.#next?.name === "mo" && this.#next.text === sign;
    if (taken) this.#at++;
    return taken;
  }

  #sum(): number {
    let value = this.#takes("−") || this.#takes("-") ? -this.#product() : this.#product();
    for (;;) {
      if (this.#takes("+")) value += this.#product();
      else if (this.#takes("−") || this.#takes("-")) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#factor();
    for (;;) {
      const sign = this.#next?.text;
      if (this.#takes("⋅") || this.#takes("·")) value *= this.#factor();
      else if (sign === "/") {
        this.#at++;
        value /= this.#factor();
      } else if (this.#next && !(this.#next.name === "mo" && [")", "+", "−", "-"].includes(this.#next.text))) value *= this.#factor();
      else return value;
    }
  }

  #factor(): number {
    const node = this.#next;
    if (!node) throw new Error("something is missing at the end");
    this.#at++;
    const [first, second, third] = node.children;
    switch (node.name) {
      case "mn":
        return this.figures.get(node) as number;
      case "mfrac":
        return this.row([first]) / this.row([second]);
      case "msqrt":
        return Math.sqrt(this.row(node.children));
      case "msup":
        return this.row([first]) ** this.row([second]);
      case "munderover":
      case "msubsup":
        return this.#series(second, third);
      case "mi":
        return this.#letter(node.text);
      case "mo":
        if (node.text === "(") {
          const value = this.#sum();
          if (!this.#takes(")")) throw new Error("a bracket stays open");
          return value;
        }
    }
    throw new Error(`what is ${node.text} (${node.name})?`);
  }

  #letter(text: string): number {
    const index = this.indices.get(text);
    if (index !== undefined) return index;
    const body = this.defined.get(text);
    if (!body) throw new Error(`${text} is not explained`);
    return this.row(body);
  }

  /** A sum over an index: what follows it in the product. */
  #series(under: Printed, over: Printed) {
    const [index, from] = split(flatten([under]), "=");
    const [low, high] = [this.row(from), this.row([over])];
    const start = this.#at;
    let value = 0;
    if (high - low > MOST_TERMS) throw new Error("a sum of too many terms");
    for (let i = low; i <= high; i++) {
      this.#at = start;
      this.indices = new Map(this.indices).set(index[0].text, i);
      value += this.#product();
    }
    if (high < low) {
      this.indices = new Map(this.indices).set(index[0].text, low);
      this.#product(); // what is not added has to be passed
    }
    return value;
  }
}
