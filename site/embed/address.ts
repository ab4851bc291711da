/**
 * The configuration to the fragment of the address and back, so that a configuration is a link. The query stays the
 * page's own (its language, its theme), and a fragment is not sent to any server.
 */

import { type Form, type Values, given, toAttributes } from "../widget/options.ts";
import { HOSTS } from "./snippets.ts";

export interface Configuration {
  values: Values; // of the options, those that differ from their defaults
  form: Form;
  host: string; // what the snippet is for
  pinned: boolean; // whether the snippet names one version for good
}

export const START = (): Configuration => ({ values: {}, form: "script", host: HOSTS[0].id, pinned: false });

/** The configuration of a fragment, which comes without its sign. */
export function readAddress(fragment: string): Configuration {
  const query = new URLSearchParams(fragment);
  const start = START();
  const host = query.get("host");
  return {
    values: given(query),
    form: query.get("form") === "frame" ? "frame" : start.form,
    host: HOSTS.find((h) => h.id === host)?.id ?? start.host,
    pinned: query.has("pinned"),
  };
}

export function writeAddress({ values, form, host, pinned }: Configuration) {
  const start = START();
  const query = new URLSearchParams(toAttributes(values).filter(([name, text]) => name !== "kind" || text !== "subscription"));
  if (form !== start.form) query.set("form", form);
  if (host !== start.host) query.set("host", host);
  if (pinned) query.set("pinned", "");
  return query.toString();
}
