import { html } from "lit";
import { copy, download, toCsv, toCurl, toJson } from "../app/share.mjs";
import { words } from "../app/words.mjs";

/**
 * The ways to take an answer elsewhere.
 * @param {object} given
 * @param {import("../engine/catalogue.gen.mjs").Calculation} given.calculation
 * @param {import("../app/share.mjs").Answered} given.answered
 * @param {string} given.done what the last action did
 * @param {(text: string) => void} given.onDone
 */
export function actions({ calculation, answered, done, onDone }) {
  /** @param {string} text */
  const copyText = async (text) => onDone(await copy(text).then(() => words.copied, () => words.notCopied));
  const save = () => {
    download(`hourglass-${calculation.id}.csv`, toCsv(calculation, answered), "text/csv;charset=utf-8");
    onDone(words.saved);
  };
  return html`<div class="actions" part="actions">
    <button type="button" class="quiet" @click=${() => copyText(location.href)}>${words.copyLink}</button>
    <button type="button" class="quiet" @click=${() => copyText(toJson(calculation, answered))}>${words.copyJson}</button>
    <button type="button" class="quiet" @click=${() => copyText(toCurl(calculation, answered.input, location.origin))}>${words.copyCurl}</button>
    <button type="button" class="quiet" @click=${save}>${words.downloadCsv}</button>
    <button type="button" class="quiet" @click=${() => print()}>${words.print}</button>
    <span class="done">${done}</span>
  </div>`;
}
