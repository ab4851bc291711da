/** Links keep the look that was chosen; on a calculator's page it gives them the customer too. */
export function keepChoices(root: ParentNode) {
  const chosen = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(location.search)) if (["lang", "locale", "theme", "currency"].includes(name)) chosen.set(name, value);
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-keep]")) link.search = chosen.toString();
  document.dispatchEvent(new Event("hourglass:links"));
}
