/** Where the widget's own files are: beside this module, wherever that is served from. Bundlers know this way to say it. */
export const places = {
  engine: known(() => new URL("./engine.wasm", import.meta.url).href, "engine.wasm"),
  growth: known(() => new URL("./growth.wasm", import.meta.url).href, "growth.wasm"),
  levers: known(() => new URL("./levers.wasm", import.meta.url).href, "levers.wasm"),
  economics: known(() => new URL("./economics.wasm", import.meta.url).href, "economics.wasm"),
  bases: known(() => new URL("./bases.wasm", import.meta.url).href, "bases.wasm"),
};

/** A classic script, which a bundler may make of this, does not know where it is: then beside the page. */
function known(place: () => string, otherwise: string) {
  try {
    return place();
  } catch {
    return otherwise;
  }
}
