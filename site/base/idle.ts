/** How long work that can wait waits for a browser that is never idle, in milliseconds. */
const LATEST = 300;

/** Resolves when the browser has nothing to do for whoever looks at the page, or soon at the latest. WebKit does not tell: there it is a moment later. */
export const idle = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: LATEST });
    else setTimeout(resolve, 1);
  });

/** Resolves in a task of its own: what the browser has to do comes in between. */
export const breath = () => new Promise<void>((resolve) => setTimeout(resolve));
