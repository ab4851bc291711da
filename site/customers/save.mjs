/**
 * Hands a file to the user.
 * @param {Blob} blob @param {string} name
 */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then, on slow disks too.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
