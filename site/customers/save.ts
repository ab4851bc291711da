/** Hands a file to the user. */
export function save(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then, on slow disks too.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
