/**
 * The configuration to the fragment of the address and back, so that a configuration is a link. The query stays the
 * page's own (its language, its theme), and a fragment is not sent to any server.
 *
 * @typedef {import("../widget/options.mjs").Form} Form
 * @typedef {import("../widget/options.mjs").Values} Values
 *
 * @typedef {object} Configuration
 * @property {Values} values of the options, those that differ from their defaults
 * @property {Form} form
 * @property {string} host what the snippet is for
 * @property {boolean} pinned whether the snippet names one version for good
 */

import { OPTIONS, read, toAttributes } from "../widget/options.mjs";
import { HOSTS } from "./snippets.mjs";

/** @returns {Configuration} */
export const START = () => ({ values: {}, form: "script", host: HOSTS[0].id, pinned: false });

/** @param {string} fragment without its sign @returns {Configuration} */
export function readAddress(fragment) {
  const query = new URLSearchParams(fragment);
  const start = START();
  /** @type {Values} */
  const values = {};
  for (const option of OPTIONS) {
    const text = query.get(option.attribute);
    if (text !== null) values[option.name] = read(option, text);
  }
  const host = query.get("host");
  return {
    values,
    form: query.get("form") === "frame" ? "frame" : start.form,
    host: HOSTS.find((h) => h.id === host)?.id ?? start.host,
    pinned: query.has("pinned"),
  };
}

/** @param {Configuration} configuration */
export function writeAddress({ values, form, host, pinned }) {
  const start = START();
  const query = new URLSearchParams(toAttributes(values).filter(([name, text]) => name !== "kind" || text !== "subscription"));
  if (form !== start.form) query.set("form", form);
  if (host !== start.host) query.set("host", host);
  if (pinned) query.set("pinned", "");
  return query.toString();
}
