// Loads the widget: <script async src=".../embed/v1.js"></script>, or type="module". It stands alone, works as either
// kind of script, and leaves the page as it is where the page's policy does not let it load the rest.
(() => {
  const ENTRY = "./embed.js"; // the build writes the hashed name
  if (document.contentType !== "text/html") {
    console.info("hourglass: a page in XML shows what stands between the widget's tags; its parts are HTML.");
    return;
  }
  const version = ENTRY.slice(ENTRY.lastIndexOf("/") + 1); // the same by the pinned script, which stands in another folder
  const claim = Symbol.for("hourglass.widget");
  const first = globalThis[claim];
  if (first !== undefined || customElements.get("hourglass-calculator")) {
    if (first !== version) {
      console.warn(`hourglass: another version of the widget is in charge of this page (${first ?? "not loaded by this script"}); ${version} is not used.`);
    }
    return;
  }
  globalThis[claim] = version;
  // A module's imports are relative to itself; those of a script from elsewhere are relative to nothing.
  const own = document.currentScript?.src;
  import(own ? new URL(ENTRY, own).href : ENTRY).catch((error) => {
    delete globalThis[claim];
    console.error("hourglass: the widget could not be loaded; what stands between its tags stays.", error);
  });
})();
