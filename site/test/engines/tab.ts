/** What the short set needs of a browser's tab, whichever way the browser is driven. */

/** Runs in the page. */
export type Says<T, A extends unknown[] = []> = (...args: A) => T;

export interface Tab {
  go(address: string): Promise<void>;
  run<T, A extends unknown[]>(says: Says<T, A>, ...args: A): Promise<T>;
  type(text: string): Promise<void>; // into what has the keyboard
  choose(input: Says<HTMLInputElement | null | undefined>, path: string): Promise<void>; // a file
  within(frame: string, body: (tab: Tab) => Promise<void>): Promise<void>; // the frame that a selector finds
  complaints: string[]; // of the page's, where the driver hears them
}

/** How long anything may take, in milliseconds, on a busy machine. */
const PATIENCE = 60_000;

/** Asks a page until it has something to say. Not by what a driver has for it, which makes a function in the page: the page's policy forbids that. */
export async function told<T, A extends unknown[]>(tab: Tab, says: Says<T | null | undefined | false, A>, ...args: A): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((later) => setTimeout(later, 50))) {
    const found = await tab.run(says, ...args);
    if (found) return found;
  }
  throw new Error(`It says nothing: ${says}`);
}

/** What the calculator of a page or frame says, once it runs and is drawn whole. */
export const figure = (tab: Tab) => told(tab, () => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector<HTMLElement>("[part=base]:not([data-drawing]) .figure")?.innerText);
