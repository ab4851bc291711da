/** How long work that can wait waits for a browser that is never idle, in milliseconds. */
const LATEST = 300;

/** How long what is drawn for the first time waits: until nobody is disturbed, for no longer than a task, not at all. */
const QUIETLY = 0, SOON = 1, NOW = 2;

/** What is being drawn for the first time: by how many, how it waits, who waits now, and the last in the queue. */
const drawing = { by: 0, haste: QUIETLY, waiting: new Set<() => void>(), last: Promise.resolve() };

/** Resolves at a callback, or as soon as somebody is in a hurry. */
const wait = (call: (resolve: () => void) => void) =>
  new Promise<void>((resolve) => {
    const { waiting, haste } = drawing;
    if (haste === NOW) return resolve();
    const go = () => {
      waiting.delete(go);
      resolve();
    };
    waiting.add(go);
    call(go);
  });

/** Resolves in a task of its own: what the browser has to do comes in between. */
export const breath = () => wait((resolve) => setTimeout(resolve));

/** Resolves when the browser has nothing to do for whoever looks at the page, or soon at the latest. WebKit does not tell: there it is a moment later. */
export const idle = () =>
  wait((resolve) => {
    if ("requestIdleCallback" in globalThis && drawing.haste === QUIETLY) requestIdleCallback(resolve, { timeout: LATEST });
    else setTimeout(resolve, 1);
  });

/** What those do who want to see what is not drawn yet. Who types wants to go on typing. */
const EVENTS = ["keydown", "wheel", "touchmove", "beforeprint"];

/**
 * Whoever scrolls is shown the rest without a wait for idleness; whoever goes on by key or prints finds all of it drawn when the browser does what was asked for.
 */
function hurry(event: Event) {
  if (event instanceof KeyboardEvent && event.key.length === 1 && !event.ctrlKey && !event.metaKey) return;
  drawing.haste = Math.max(drawing.haste, event.type === "keydown" || event.type === "beforeprint" ? NOW : SOON);
  for (const go of [...drawing.waiting]) go();
}

/** Draws for the first time: each element in it takes a turn. */
export async function inTurns(draw: () => Promise<void>) {
  if (drawing.by++ === 0) for (const event of EVENTS) addEventListener(event, hurry, { capture: true, passive: true });
  try {
    await draw();
  } finally {
    if (--drawing.by === 0) {
      drawing.haste = QUIETLY;
      for (const event of EVENTS) removeEventListener(event, hurry, { capture: true });
    }
  }
}

/** Draws an element in a task of its own, if it is drawn for the first time while the page is; at once at any other time. */
export function inTurn<T>(element: { hasUpdated: boolean }, draw: () => T): T | Promise<unknown> {
  if (element.hasUpdated || drawing.by === 0) return draw();
  const drawn = drawing.last.then(breath).then(draw);
  drawing.last = drawn.then(() => {}, () => {});
  return drawn;
}

/** Resolves when all who take a turn had it. */
export const turnsTaken = () => drawing.last;
