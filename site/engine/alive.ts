/**
 * Whether a worker still lives. A browser that ends one, as it does where memory is short, tells nobody: no error, no message. But a lock that the
 * worker held is free from then on, and of that the other side hears.
 *
 * Where there are no locks (Node 20, a page without a secure context) nothing is heard, as before.
 */

/** Node 20 has no navigator, and one of a page that is not secure has no locks. */
const locks = (): LockManager | undefined => ("navigator" in globalThis ? navigator.locks : undefined);

/** The name of a lock that nobody else has. */
export const newLock = () => (locks() ? `hourglass ${crypto.randomUUID()}` : "");

/** Holds a lock until this worker ends, however it does. Done once it is held. */
export const hold = (name: string) => new Promise<void>((held) => {
  if (!name) return held();
  locks()?.request(name, () => new Promise(() => held())).catch(() => held());
});

/**
 * Tells when whoever holds a lock has ended.
 * @returns what ends the watch
 */
export function whenEnded(name: string, tell: () => void) {
  const watch = new AbortController();
  if (name) locks()?.request(name, { signal: watch.signal }, () => void (watch.signal.aborted || tell())).catch(() => {}); // the watch was ended
  return () => watch.abort();
}
