/** Files dropped anywhere on the page, and tables pasted anywhere but into a field. */

/** Who is told of them. */
interface Receiver {
  open: (file: Blob, name: string, kind: "file" | "paste", more?: File[]) => void;
  over: (over: boolean) => void; // whether something is held over the page
}

/**
 * Starts listening; the answer ends it.
 * @param element that the page is about
 */
export function receive(element: HTMLElement, receiver: Receiver) {
  const controller = new AbortController();
  const { signal } = controller;
  const { body } = element.ownerDocument;
  const listen = <T extends keyof HTMLElementEventMap>(type: T, listener: (event: HTMLElementEventMap[T]) => void) => body.addEventListener(type, listener, { signal });
  let within = 0; // elements entered and not left: each child tells of its own
  const over = (entered: number) => {
    within = Math.max(0, entered);
    receiver.over(within > 0);
  };
  listen("dragenter", (event) => hasFiles(event) && over(within + 1));
  listen("dragleave", (event) => hasFiles(event) && over(within - 1));
  listen("dragover", (event) => hasFiles(event) && event.preventDefault());
  listen("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // the browser would show the file in place of the page
    over(0);
    const [file, ...more] = event.dataTransfer?.files ?? [];
    if (file) receiver.open(file, file.name, "file", more);
  });
  listen("paste", (event) => {
    if (event.composedPath().some((target) => target instanceof HTMLElement && target.matches("input, textarea, select"))) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file) receiver.open(file, file.name, "file");
    else if (text.includes("\n")) receiver.open(new Blob([text]), "", "paste");
  });
  return () => controller.abort();
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;
