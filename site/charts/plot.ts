import { LitElement, type SVGTemplateResult, type TemplateResult, html } from "lit";
import { state } from "lit/decorators.js";
import { inTurn } from "../base/idle.ts";

export type Drawing = TemplateResult | SVGTemplateResult | (TemplateResult | SVGTemplateResult)[];

/** The narrowest that a plot is drawn, in pixels. */
const NARROWEST = 220;

/**
 * A plot that is read at one of its places: by pointer, by touch, by arrow keys. Who extends it says where the places are, which one is
 * read, and what to do when another is asked for. It renders into the tree of the element that uses it.
 */
export abstract class ReadablePlot extends LitElement {
  /** In pixels. */ @state() width = 560;
  resized = new ResizeObserver(([entry]) => (this.width = Math.max(NARROWEST, Math.round(entry.contentRect.width))));

  /** Where the places are, in pixels. */
  protected abstract places(): number[];

  /** Reads another place. */
  protected abstract go(index: number): void;

  override createRenderRoot() {
    return this;
  }

  protected override scheduleUpdate() {
    return inTurn(this, () => super.scheduleUpdate());
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override firstUpdated() {
    const plot = this.querySelector(".plot");
    if (plot) this.resized.observe(plot);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  /**
   * @param name what is read, for who cannot see it @param at the place that is read, of count @param says what stands there
   * @param page how many places Page Up and Page Down go
   */
  protected slider({ name, at, count, says, height, picture, page }: { name: string, at: number, count: number, says: string, height: number, picture: Drawing, page: number }) {
    const { width } = this;
    return html`<div
      class="plot" part="plot" role="slider" tabindex="0" dir="ltr" aria-label=${name}
      aria-valuemin="1" aria-valuemax=${count} aria-valuenow=${at + 1} aria-valuetext=${says}
      @pointermove=${this.#onPointer} @pointerdown=${this.#onPointer} @keydown=${(event: KeyboardEvent) => this.#onKey(event, at, count - 1, page)}>
      <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMid meet" aria-hidden="true">${picture}</svg>
    </div>`;
  }

  #onPointer(event: PointerEvent) {
    if (!(event.currentTarget instanceof Element)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const off = this.places().map((place) => Math.abs(place - x));
    this.go(off.indexOf(Math.min(...off)));
  }

  #onKey(event: KeyboardEvent, at: number, last: number, page: number) {
    const to = {
      ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1,
      PageUp: at + page, PageDown: at - page, Home: 0, End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.go(Math.max(0, Math.min(last, to)));
  }
}
