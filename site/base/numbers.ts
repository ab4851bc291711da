/**
 * Resolves when numbers are written at once. Chromium looks at all its locales for its first formatter of numbers, which takes a phone a fifth of a second; once
 * for a page and its workers, so that a worker can do it while the page listens. Where there is none, the page does it itself, later.
 */
export const numbers = () =>
  new Promise<void>((resolve) => {
    const { numbers } = document.documentElement.dataset;
    if (!numbers) return resolve();
    try {
      const worker = new Worker(numbers);
      const done = (event: Event) => {
        event.preventDefault(); // where no worker may run, nothing is wrong
        worker.terminate();
        resolve();
      };
      worker.onmessage = done;
      worker.onerror = done;
    } catch {
      resolve();
    }
  });
