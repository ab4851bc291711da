/** The engine, as the builder was told of its modules. */

import { readFileSync } from "node:fs";
import layouts from "../base/layouts.gen.mjs";
import { Engine } from "../engine/engine.ts";

/** @param modules each as NAME=FILE */
export const engineOf = (modules: string[]) =>
  Engine.load(Object.fromEntries(modules.map((named) => named.split("=", 2)).map(([name, file]) => [name, new WebAssembly.Module(readFileSync(file))])), ...layouts);
