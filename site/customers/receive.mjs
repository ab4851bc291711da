/**
 * Files dropped anywhere on the page, and tables pasted anywhere but into a field.
 *
 * @typedef {object} Receiver
 * @property {(file: Blob, name: string, kind: "file" | "paste", more?: Blob[]) => void} open
 * @property {(over: boolean) => void} over whether something is held over the page
 */

/**
 * Starts listening; the answer ends it.
 * @param {HTMLElement} element that the page is about @param {Receiver} receiver
 */
export function receive(element, receiver) {
  const controller = new AbortController();
  const { signal } = controller;
  const { body } = element.ownerDocument;
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ listener) => body.addEventListener(type, listener, { signal });
  let within = 0; // elements entered and not left: each child tells of its own
  const over = (/** @type {number} */ entered) => {
    within = Math.max(0, entered);
    receiver.over(within > 0);
  };
  listen("dragenter", (/** @type {DragEvent} */ event) => hasFiles(event) && over(within + 1));
  listen("dragleave", (/** @type {DragEvent} */ event) => hasFiles(event) && over(within - 1));
  listen("dragover", (/** @type {DragEvent} */ event) => hasFiles(event) && event.preventDefault());
  listen("drop", (/** @type {DragEvent} */ event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // the browser would show the file in place of the page
    over(0);
    const [file, ...more] = event.dataTransfer?.files ?? [];
    if (file) receiver.open(file, file.name, "file", more);
  });
  listen("paste", (/** @type {ClipboardEvent} */ event) => {
    if (event.composedPath().some((target) => target instanceof HTMLElement && target.matches("input, textarea, select"))) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file) receiver.open(file, file.name, "file");
    else if (text.includes("\n")) receiver.open(new Blob([text]), "", "paste");
  });
  return () => controller.abort();
}

/** @param {DragEvent} event */
const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
