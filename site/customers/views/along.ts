/** The choice of the file's columns that go along with a list or a CSV; what is behind it is in kept.ts. */
import { html, nothing } from "lit";
import { keepText, keepOf, columnsOf, chosenOf, neededOf, MOST_COLUMNS } from "../kept.ts";
import type { View } from "../view.ts";

/** Asks for what is to be read, where it is not yet. */
export function askColumns(view: View<object>) {
  const { report, table, kept, settings, source } = view.state ?? {};
  if (!report || !table || !settings || source?.kind === "sample") return;
  const needed = neededOf(report, settings.keep);
  if (needed.join("\n") !== (kept?.columns.join("\n") ?? "")) view.ask({ what: "columns", columns: needed });
}

/** A box for each column; nothing where the file has none beside those that are read. */
export function alongChoice(view: View<object>) {
  const { state, page } = view;
  const { report, settings, kept } = state;
  const columns = report ? columnsOf(report) : [];
  if (!report || columns.length === 0 || state.source?.kind === "sample") return nothing;
  const chosen = chosenOf(report, settings.keep);
  const keys = new Set(chosen.map(({ key }) => key));
  const toggle = (key: string) => view.change({ keep: keepText(keys.has(key) ? keepOf(settings.keep).filter((one) => one !== key) : [...keepOf(settings.keep), key]) });
  return html`<details class="along noprint" ?open=${chosen.length > 0}>
    <summary>${page.along({ shown: view.format.value(chosen.length, "count") })}</summary>
    <p class="help">${page.along_help}</p>
    <div class="boxes" role="group" aria-label=${page.along_group}>${columns.map(({ name, key }) => html`<label class="check"><input type="checkbox" .checked=${keys.has(key)}
      ?disabled=${!keys.has(key) && chosen.length === MOST_COLUMNS} @change=${() => toggle(key)}><bdi>${name}</bdi></label>`)}</div>
    ${kept?.status === "reading" ? html`<p class="help" role="status">${page.along_reading}</p>` : nothing}
    ${kept?.status === "failed" ? html`<p class="note problem" role="alert">${page.along_failed}</p>` : nothing}
  </details>`;
}
