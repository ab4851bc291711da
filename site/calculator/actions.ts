import { html, nothing } from "lit";
import { type Answered, copy, download, toCsv, toCurl, toJson } from "../base/share.ts";
import type { Calculation } from "../base/catalogue.gen.mjs";
import type { Words } from "../base/words.ts";
import type decide from "../messages/en/decide.gen.mjs";

/** Hands a link on by the system's own sheet, which the visitor may close; where there is none it is copied. @returns what there is to say of it */
export async function share(link: string, words: Words): Promise<string> {
  const copied = () => copy(link).then(() => words.copied, () => words.notCopied);
  if (!navigator.share) return copied();
  return navigator.share({ title: document.title, url: link }).then(() => "", (error) => (error.name === "AbortError" ? "" : copied()));
}

/** The other ways to take an answer elsewhere. */
export function actions({ calculation, answered, words, toolWords, currency, done, link, embed, onDone }: { calculation: Calculation; answered: Answered; words: Words; toolWords: typeof decide; currency: string; done: string; link: string; embed: string; onDone: (text: string) => void }) {
  const copyText = async (text: string) => onDone(await copy(text).then(() => words.copied, () => words.notCopied));
  const save = () => {
    download(`hourglass-${calculation.id}.csv`, toCsv(calculation, answered), "text/csv;charset=utf-8");
    onDone(words.saved);
  };
  const saveWorkbook = async () => {
    onDone(toolWords.preparing);
    try {
      const { toWorkbook } = await import("./workbook/export.ts");
      const file = await toWorkbook(calculation, answered, currency, words, link);
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
    ${embed ? html`<a class="quiet" href=${embed}>${toolWords.embedThis}</a>` : nothing}
    <span class="done">${done}</span>
  </div>`;
}
