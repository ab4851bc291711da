import { LitElement, html } from "lit";
import { property, state } from "lit/decorators.js";
import type { Drawn, Plot } from "./say.ts";

/**
 * A plot, with what stands at one place of it in words above: by pointer, by touch, by arrow keys. It renders into the
 * tree of the element that uses it.
 */
export class HourglassReading extends LitElement {
  @property({ attribute: false }) plot!: Plot;
  /** The place that was last asked for; null: the plot's first. */ @state() index: number | null = null;
  @state() width = 560;
  drawn: Drawn | null = null;
  resized = new ResizeObserver(([entry]) => (this.width = Math.max(240, Math.round(entry.contentRect.width))));

  override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.resized.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has("plot") || changed.has("width")) this.drawn = this.plot.draw(this.width);
  }

  get #last() {
    return this.#drawn.xs.length - 1;
  }

  get #drawn() {
    return this.drawn as Drawn;
  }

  get #at() {
    return Math.min(this.index ?? this.plot.start, this.#last);
  }

  override render() {
    const { width } = this;
    const { height, name } = this.plot;
    const reading = this.plot.read(this.#at);
    const said = [reading.at, ...reading.parts.map((p) => `${p.title} ${p.value}`)].join(", ");
    return html`
      <p class="readout" aria-hidden="true"><span class="at">${reading.at}</span>
        ${reading.parts.map((p) => html`<span>${p.key ? html`<i class="key ${p.key}"></i>` : ""}${p.title} <b>${p.value}</b></span>`)}</p>
      <div
        class="plot" role="slider" tabindex="0" dir="ltr" aria-label=${name}
        aria-valuemin="1" aria-valuemax=${this.#last + 1} aria-valuenow=${this.#at + 1} aria-valuetext=${said}
        @pointermove=${this.#onPointer} @pointerdown=${this.#onPointer} @keydown=${this.#onKey}>
        <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
          ${this.#drawn.body} ${this.#drawn.mark(this.#at)}
        </svg>
      </div>`;
  }

  #onPointer(event: PointerEvent) {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const off = this.#drawn.xs.map((at) => Math.abs(at - x));
    this.index = off.indexOf(Math.min(...off));
  }

  #onKey(event: KeyboardEvent) {
    const at = this.#at;
    const to = {
      ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1,
      PageUp: at + 10, PageDown: at - 10, Home: 0, End: this.#last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.index = Math.max(0, Math.min(this.#last, to));
  }
}

customElements.define("hourglass-reading", HourglassReading);
