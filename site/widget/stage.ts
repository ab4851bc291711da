/** Where a widget's box stands within its shadow root: an element without a box of its own, which a mode puts behind a button (modes.ts). */
export function stageIn(root: ShadowRoot): HTMLElement {
  const found = root.querySelector<HTMLElement>(".stage");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "stage";
  root.append(made);
  return made;
}

/** Whether an attribute that is there or not is there; some frameworks write what is not as a word. */
export const isOn = (text: string | null) => text !== null && !["off", "false", "0"].includes(text);
