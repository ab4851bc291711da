import { type TemplateResult, html, nothing } from "lit";
import { type Answered, type Said, copied, download, toCsv, toCurl, toJson } from "../base/share.ts";
import type { Calculation } from "../base/catalogue.gen.mjs";
import type { Words } from "../base/words.ts";
import type decide from "../messages/en/decide.gen.mjs";

/** The other ways to take an answer elsewhere. */
export function actions({ calculation, answered, words, toolWords, currency, done, link, embed, onDone }: { calculation: Calculation; answered: Answered; words: Words; toolWords: typeof decide; currency: string; done: TemplateResult | typeof nothing; link: string; embed: string; onDone: (said: Said) => void }) {
  const copyText = async (text: string) => onDone(await copied(text, words));
  const save = () => {
    download(`hourglass-${calculation.id}.csv`, toCsv(calculation, answered), "text/csv;charset=utf-8");
    onDone({ says: words.saved });
  };
  const saveWorkbook = async () => {
    onDone({ says: toolWords.preparing });
    try {
      const { toWorkbook } = await import("./workbook/export.ts");
      const file = await toWorkbook(calculation, answered, currency, words, link);
      download(`hourglass-${calculation.id}.xlsx`, file, file.type);
      onDone({ says: words.saved });
    } catch (error) {
      console.error(error);
      onDone({ says: toolWords.notWritten });
    }
  };
  return html`<div class="actions" part="actions">
    <button type="button" class="quiet" @click=${() => copyText(link)}>${words.copyLink}</button>
    <button type="button" class="quiet" @click=${() => copyText(toJson(calculation, answered))}>${words.copyJson}</button>
    <button type="button" class="quiet" @click=${() => copyText(toCurl(calculation, answered.input, location.origin))}>${words.copyCurl}</button>
    <button type="button" class="quiet" @click=${save}>${words.downloadCsv}</button>
    <button type="button" class="quiet" @click=${saveWorkbook}>${toolWords.downloadXlsx}</button>
    <button type="button" class="quiet" @click=${() => print()}>${words.print}</button>
    ${embed ? html`<a class="quiet" href=${embed}>${toolWords.embedThis}</a>` : nothing}
    ${done}
  </div>`;
}
