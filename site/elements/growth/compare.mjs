import { html, nothing } from "lit";
import { MAX_KEPT } from "../../app/url.mjs";
import { words } from "../../app/words.growth.mjs";

/**
 * @typedef {import("../calculator.mjs").Shown} Shown
 * @typedef {Record<string, any>} Input
 */

const NAMES = ["A", "B", "C"];

/**
 * Figures that were kept, beside the present ones: the same results for each, from the engine.
 * @param {Shown} shown
 */
export function comparison(shown) {
  const { scenario, kept } = shown;
  const onKeep = () => shown.keep([...kept, shown.answered.input]);
  return html`<section class="compare">
    ${kept.length ? table(shown) : nothing}
    ${kept.length < MAX_KEPT && scenario.compare ? html`<button type="button" class="quiet" @click=${onKeep}>${words.keepThese}</button>` : nothing}
  </section>`;
}

/** @param {Shown} shown */
function table(shown) {
  const { scenario, kept, answered } = shown;
  const columns = [...kept.map((input) => resultOf(shown, input)), flat(answered.result)];
  const names = NAMES.slice(0, columns.length);
  return html`<h2>${words.compare}</h2>
    <div class="scroll" role="region" tabindex="0" aria-label=${words.compare}>
      <table>
        <thead>
          <tr>
            <td></td>
            ${names.map((name, i) =>
              i < kept.length
                ? html`<th scope="col"><button type="button" class="quiet" aria-label=${words.goBack(name)} @click=${() => shown.change(kept[i], null, true)}>${name}</button>
                    <button type="button" class="clear" aria-label=${words.forget(name)} @click=${() => shown.keep(kept.toSpliced(i, 1))}>
                      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg></button></th>`
                : html`<th scope="col"><b>${name}</b> ${words.now}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${(scenario.compare ?? []).map(
            (name) => html`<tr><th scope="row">${shown.title(name)}</th>
              ${columns.map((values) => html`<td>${shown.format.value(values?.[name], unitOf(shown, name), true)}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** What figures give, null where they cannot be. @param {Shown} shown @param {Input} input */
function resultOf({ engine, calculation }, input) {
  const unreadable = calculation.inputs.some((f) => f.kind !== "option" && typeof input[f.name] === "string");
  return unreadable ? null : flat(engine.call(calculation.id, input).result);
}

/** The figures of a result with those of its groups. @param {Record<string, any> | null} result */
const flat = (result) => result && Object.assign({}, ...Object.values(result).filter((v) => v?.constructor === Object), result);

/** @param {Shown} shown @param {string} name */
function unitOf({ calculation }, name) {
  const all = calculation.results.flatMap((f) => [f, ...(f.fields ?? [])]);
  return all.find((f) => f.name === name)?.unit;
}
