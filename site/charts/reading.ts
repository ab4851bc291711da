import { html } from "lit";
import { property, state } from "lit/decorators.js";
import { type Drawing, ReadablePlot } from "./plot.ts";

/** One place of a plot in words. */
export type Reading = { at: string, parts: { title: string, value: string, key?: string }[] };

/** A plot at a width: what is drawn, where its places are, and what marks the one that is read. */
export type Drawn = { body: Drawing, xs: number[], mark: (i: number) => Drawing };

export interface Plot {
  name: string; // what is read, for who cannot see it
  height: number;
  start: number; // what is read at first
  draw: (width: number) => Drawn;
  read: (i: number) => Reading;
}

/** A plot, with what stands at one place of it in words above. */
export class HourglassReading extends ReadablePlot {
  @property({ attribute: false }) plot!: Plot;
  /** What joins facts by the signs of the language. */ @property({ attribute: false }) format!: { facts(facts: string[]): string };
  /** The place that was last asked for; null: the plot's first. */ @state() index: number | null = null;
  drawn!: Drawn;

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has("plot") || changed.has("width")) this.drawn = this.plot.draw(this.width);
  }

  protected override places() {
    return this.drawn.xs;
  }

  protected override go(index: number) {
    this.index = index;
  }

  override render() {
    const { drawn: { body, mark, xs }, plot: { height, name, read, start } } = this;
    const at = Math.min(this.index ?? start, xs.length - 1);
    const reading = read(at);
    const says = this.format.facts([reading.at, ...reading.parts.map((p) => `${p.title} ${p.value}`)]);
    return html`
      <p class="readout" aria-hidden="true"><span class="at">${reading.at}</span>
        ${reading.parts.map((p) => html`<span>${p.key ? html`<i class="key ${p.key}"></i>` : ""}${p.title} <b>${p.value}</b></span>`)}</p>
      ${this.slider({ name, at, count: xs.length, says, height, picture: [body, mark(at)].flat(), page: 10 })}`;
  }
}

customElements.define("hourglass-reading", HourglassReading);
