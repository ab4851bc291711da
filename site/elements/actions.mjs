import { html } from "lit";
import { copy, download, toCsv, toCurl, toJson } from "../app/share.mjs";
import { words } from "../app/words.mjs";

/**
 * The ways to take an answer elsewhere.
 * @param {object} given
 * @param {import("../engine/catalogue.gen.mjs").Calculation} given.calculation
 * @param {import("../app/share.mjs").Answered} given.answered
 * @param {typeof import("../messages/en/decide.gen.mjs").default} given.words
 * @param {string} given.currency
 * @param {import("../app/messages.mjs").Language} given.language
 * @param {string} given.done what the last action did
 * @param {(text: string) => void} given.onDone
 */
export function actions({ calculation, answered, words: said, currency, language, done, onDone }) {
  /** @param {string} text */
  const copyText = async (text) => onDone(await copy(text).then(() => words.copied, () => words.notCopied));
  const save = () => {
    download(`hourglass-${calculation.id}.csv`, toCsv(calculation, answered), "text/csv;charset=utf-8");
    onDone(words.saved);
  };
  const saveWorkbook = async () => {
    onDone(said.preparing);
    try {
      const { toWorkbook } = await import("../app/workbook/export.mjs");
      const file = await toWorkbook(calculation, answered, currency, language);
      download(`hourglass-${calculation.id}.xlsx`, file, file.type);
      onDone(words.saved);
    } catch (error) {
      console.error(error);
      onDone(said.notWritten);
    }
  };
  return html`<div class="actions" part="actions">
    <button type="button" class="quiet" @click=${() => copyText(location.href)}>${words.copyLink}</button>
    <button type="button" class="quiet" @click=${() => copyText(toJson(calculation, answered))}>${words.copyJson}</button>
    <button type="button" class="quiet" @click=${() => copyText(toCurl(calculation, answered.input, location.origin))}>${words.copyCurl}</button>
    <button type="button" class="quiet" @click=${save}>${words.downloadCsv}</button>
    <button type="button" class="quiet" @click=${saveWorkbook}>${said.downloadXlsx}</button>
    <button type="button" class="quiet" @click=${() => print()}>${words.print}</button>
    <span class="done">${done}</span>
  </div>`;
}
