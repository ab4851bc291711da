/** Makes a browser's first formatter of numbers, for the page that waits for it (numbers.ts). */
new Intl.NumberFormat();
postMessage(null);
