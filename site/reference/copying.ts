/** For how long a button says what it did, in milliseconds. */
const TOLD = 2000;

/** A button that copies a text, and says so. @param failed what it says where the browser refuses */
export function copying(label: string, text: () => string, failed: string) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  let later: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener("click", async () => {
    clearTimeout(later);
    button.textContent = await navigator.clipboard.writeText(text()).then(() => "Copied", () => failed);
    later = setTimeout(() => (button.textContent = label), TOLD);
  });
  return button;
}
