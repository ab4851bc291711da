import { html } from "lit";
import { copy, download, toCsv, toCurl, toJson } from "../base/share.mjs";

/**
 * The ways to take an answer elsewhere.
 * @param {object} given
 * @param {import("../base/catalogue.gen.mjs").Calculation} given.calculation
 * @param {import("../base/share.mjs").Answered} given.answered
 * @param {import("../base/words.mjs").Words} given.words
 * @param {typeof import("../messages/en/decide.gen.mjs").default} given.toolWords
 * @param {string} given.currency
 * @param {string} given.done what the last action did
 * @param {string} given.link to the answer, every figure named
 * @param {(text: string) => void} given.onDone
 */
export function actions({ calculation, answered, words, toolWords, currency, done, link, onDone }) {
  /** @param {string} text */
  const copyText = async (text) => onDone(await copy(text).then(() => words.copied, () => words.notCopied));
  const save = () => {
    download(`hourglass-${calculation.id}.csv`, toCsv(calculation, answered), "text/csv;charset=utf-8");
    onDone(words.saved);
  };
  const saveWorkbook = async () => {
    onDone(toolWords.preparing);
    try {
      const { toWorkbook } = await import("./workbook/export.mjs");
      const file = await toWorkbook(calculation, answered, currency, words);
      download(`hourglass-${calculation.id}.xlsx`, file, file.type);
      onDone(words.saved);
    } catch (error) {
      console.error(error);
      onDone(toolWords.notWritten);
    }
  };
  return html`<div class="actions" part="actions">
    <button type="button" class="quiet" @click=${() => copyText(link)}>${words.copyLink}</button>
    <button type="button" class="quiet" @click=${() => copyText(toJson(calculation, answered))}>${words.copyJson}</button>
    <button type="button" class="quiet" @click=${() => copyText(toCurl(calculation, answered.input, location.origin))}>${words.copyCurl}</button>
    <button type="button" class="quiet" @click=${save}>${words.downloadCsv}</button>
    <button type="button" class="quiet" @click=${saveWorkbook}>${toolWords.downloadXlsx}</button>
    <button type="button" class="quiet" @click=${() => print()}>${words.print}</button>
    <span class="done">${done}</span>
  </div>`;
}
