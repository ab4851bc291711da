/** Where the widget's own files are: beside this module, wherever that is served from. Bundlers know this way to say it. */
export const places = {
  calculator: new URL("./engine.wasm", import.meta.url).href,
  growth: new URL("./growth.wasm", import.meta.url).href,
};
