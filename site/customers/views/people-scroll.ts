/**
 * Scrolling through more rows than an element can be high. Browsers keep positions in whole fractions of a pixel of 32 bits:
 * Firefox ends at 17.9 million pixels, Chromium and Safari at 33.5 million of the screen's, which are fewer of CSS.
 *
 * The first and the last part of the bar move as usual; between them a pixel stands for several, so that every row can
 * be reached and the ends feel like any list.
 */
const LIMIT = 15e6;
const SCREEN_LIMIT = 30e6;

/** Share of the bar at either end where a pixel is a pixel. */
const END = 0.125;

export class Scroll {
  readonly height: number; // of the element that stands for all rows
  readonly last: number; // the lowest top
  readonly end: number; // of the first part of the bar
  readonly barMiddle: number; // the part between, on the bar
  readonly middle: number; // and of the rows

  /** @param content height of all rows @param view height of what is seen @param density pixels of the screen to one of CSS */
  constructor(content: number, view: number, density = 1) {
    this.height = Math.min(content, LIMIT, Math.floor(SCREEN_LIMIT / Math.max(1, density)));
    const end = content > this.height ? END * this.height : Infinity;
    this.end = end;
    this.barMiddle = Math.max(1, this.height - view - 2 * end);
    this.middle = content - view - 2 * end;
    this.last = Math.max(0, content - view);
  }

  /** What is at the top of the view when the bar stands here. */
  topOf(bar: number) {
    const { end, barMiddle, middle } = this;
    if (bar <= end) return Math.max(0, Math.min(this.last, bar));
    if (bar <= end + barMiddle) return end + ((bar - end) / barMiddle) * middle;
    return Math.min(this.last, bar - barMiddle + middle);
  }

  /** Where the bar stands for a top. */
  barOf(top: number) {
    const { end, barMiddle, middle } = this;
    if (top <= end) return top;
    if (top <= end + middle) return end + ((top - end) / middle) * barMiddle;
    return top - middle + barMiddle;
  }
}
