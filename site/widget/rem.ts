/** The length that the widget's sizes are multiples of: a length wherever it is inherited, not the words for one. */
export function registerRem() {
  try {
    CSS.registerProperty({ name: "--hourglass-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch {
    // Another copy of this module has registered it.
  }
}
