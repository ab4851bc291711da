/** The short set in WebKit, the engine of Safari: Debian's build for GTK, in its MiniBrowser. make test-webkit gives it a screen that nobody sees. */
import { after, before } from "node:test";
import { shortSet } from "./short.ts";
import { WebDriver } from "./webdriver.ts";

let web: WebDriver;
before(async () => void (web = await WebDriver.start("WebKitWebDriver", process.env.MINIBROWSER ?? "MiniBrowser")));
after(() => web?.stop());

// One tab serves all: what a page keeps does not outlive it, and a session has one language.
shortSet((body) => body(web.tab));
