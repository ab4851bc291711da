/** The page of all calculators: its header's choices, which its links keep. */
import { lead, offer } from "../base/language.ts";
import { offerTheme } from "../base/theme.ts";
import { keepChoices } from "./keep.ts";

if (!lead()) {
  offerTheme();
  offer();
  for (const control of document.querySelectorAll("[data-live]")) control.removeAttribute("hidden");
  keepChoices(document);
}
