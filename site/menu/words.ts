/** What the menu and the search say. */
import type english from "../messages/en/menu.gen.mjs";
import { pageLanguage } from "../base/language.ts";
import { type Part, messages } from "../base/messages.ts";
import menu from "../messages/menu.gen.mjs";

export type MenuWords = typeof english;

const words: Part<MenuWords> = menu;

export const menuWords = () => messages(pageLanguage, words);
