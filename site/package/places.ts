/** Where the modules are: beside this file. Each is written out, since bundlers find a file by the whole of this expression alone. */
import type { Places } from "./create.ts";

export const places: Places = {
  calculator: () => new URL("./calculator.wasm", import.meta.url),
  growth: () => new URL("./growth.wasm", import.meta.url),
  levers: () => new URL("./levers.wasm", import.meta.url),
  economics: () => new URL("./economics.wasm", import.meta.url),
  bases: () => new URL("./bases.wasm", import.meta.url),
  customers: () => new URL("./customers.wasm", import.meta.url),
};
