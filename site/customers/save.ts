import type { Settings, State } from "./state.ts";

const DAY = 86_400_000;

/** Whether the figures are of an earlier day than the last of the list: what came since is held out to test the model. */
export const isHeldOut = ({ holdout_days }: Settings) => holdout_days > 0;

/** A file's name, which says of which day its figures are where that is not the last one of the list. @param ending with its point */
export const nameOf = ({ settings, summary }: Pick<State, "settings" | "summary">, name: string, ending: string) =>
  `${name}${isHeldOut(settings) && summary ? `-as-of-${new Date(summary.end * DAY).toISOString().slice(0, 10)}` : ""}${ending}`;

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
