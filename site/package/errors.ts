/** What cannot be calculated. */
import type { Said } from "./index.d.ts";

/** The input of a calculation has problems; the message says them all. */
export class InputError extends Error {
  constructor(readonly problems: Said[]) {
    super(problems.map((p) => p.message).join(" "));
    this.name = "InputError";
  }
}

/** A file of orders, or a model file, that cannot be used. */
export class FileError extends Error {
  /** @param code what is wrong, for programs */
  constructor(readonly code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FileError";
  }
}
