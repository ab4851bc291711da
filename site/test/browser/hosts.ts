/** Pages that are not ours, from another origin than the site's, with the widget in them. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Frame, Page } from "playwright-core";
import { BASE, type Opening, withPage } from "./browser.ts";

/** A page that is not ours: its parts, where they are not the usual. */
export interface Host {
  body: string;
  head?: string;
  quirks?: boolean;
  html?: string; // attributes of <html>
  headers?: Record<string, string>;
}

export const SITE = new URL(BASE).origin;
export const SCRIPT = `<script async src="${SITE}/embed/v1.js"></script>`;
export const EXAMPLE = "<p>At $100 a month a subscriber is worth $1,391. <a href='/'>Work it out</a></p>";
export const WIDGET = `<hourglass-calculator kind="subscription" lang="en">${EXAMPLE}</hourglass-calculator>`;
/** What the starting figures of a subscription come to, rounded as on the page: the catalogue's example at 5 % churn. */
export const ANSWER = "$1,391";

/** Hosts where other widgets fail: they share memory, are XML, listen to a dataLayer. The frame is for pages of a file too. */
export const FRAMED = `<iframe src="${SITE}/widget.html?kind=subscription&amp;lang=en" title="Calculator" width="700" height="700"></iframe>`;
export const ISOLATED: Host = { body: `${FRAMED}${WIDGET}`, headers: { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin" } };
export const IN_XML: Host = {
  body: `<hourglass-calculator kind="subscription">${EXAMPLE}</hourglass-calculator>`, head: SCRIPT.replace(" async", ' async=""'),
  html: 'lang="en" xmlns="http://www.w3.org/1999/xhtml"', quirks: true, headers: { "Content-Type": "application/xhtml+xml; charset=utf-8" },
};
export const TELLS: Host = { body: WIDGET.replace("<hourglass-calculator", "<hourglass-calculator data-layer") };
/** No policy is named: which ones a page lets be made is its own affair. */
export const TRUSTED: Host = {
  body: `${WIDGET.replace("<hourglass-calculator", '<hourglass-calculator size="full"')}${FRAMED}<script async src="${SITE}/embed/frame.js"></script>`,
  headers: { "Content-Security-Policy": "require-trusted-types-for 'script'" },
};

/** By path. */
const hosts = new Map<string, Host>();
const server = createServer(answer).listen(0);
await once(server, "listening");
server.unref();
/** Another name of this machine: another origin, and another site, than 127.0.0.1. */
export const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

/** The host pages; and, under /other/, another version of the widget. */
async function answer(request: IncomingMessage, response: ServerResponse) {
  const path = new URL(request.url ?? "/", origin).pathname;
  if (path.startsWith("/other/")) return other(path.slice("/other/".length), response);
  const host = hosts.get(path);
  if (!host) return void response.writeHead(404).end();
  const doctype = host.quirks ? "" : "<!doctype html>";
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...host.headers });
  response.end(`${doctype}<html ${host.html ?? 'lang="en"'}><head><title>Host</title><link rel="icon" href="data:,"/>
    <meta name="viewport" content="width=device-width"/>${host.head ?? SCRIPT}</head><body><main><h1>Host</h1>${host.body}<p id="below">Below.</p></main></body></html>`);
}

/** The same files from here, with a loader that goes by another name. */
async function other(file: string, response: ServerResponse) {
  const real = await fetch(`${SITE}/embed/${file.replace("-other.js", ".js")}`);
  const body = Buffer.from(await real.arrayBuffer());
  response.writeHead(200, { "Content-Type": real.headers.get("Content-Type") ?? "" });
  response.end(file === "v1.js" ? body.toString().replace(/(\.\/embed[^"'`]*)\.js/g, "$1-other.js") : body);
}

/** Puts a host page on the air, and says where. */
export function put(host: Host) {
  const path = `/${hosts.size}`;
  hosts.set(path, host);
  return origin + path;
}

/**
 * Opens a host page. What it complains of, and whatever it asks of a third origin, fails the test; so do cookies and
 * what is stored.
 */
export function onHost(browser: Browser, host: Host, body: (page: Page, complaints: string[]) => Promise<void>, { allow, bare, before, ...options }: Opening = {}) {
  const address = put(host);
  return withPage(browser, options, async (page) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on("request", (request) => {
      const { protocol, origin: to } = new URL(request.url());
      if (!["data:", "blob:"].includes(protocol) && ![SITE, origin].includes(to)) complaints.push(`request: ${request.url()}`);
      if (!["GET", "HEAD"].includes(request.method())) complaints.push(`${request.method()}: ${request.url()}`);
    });
    await before?.(page);
    await page.goto(address);
    if (!bare) await ready(page);
    await body(page, complaints);
    assert.deepEqual(complaints.filter((s) => !allow?.test(s)), []);
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  });
}

/** The answer once the calculator runs; what stands there before is its facade's. */
export const RUNNING = ".widget [part=base]:not([data-drawing]) .figure";

export const ready = (page: Page | Frame) => page.locator(RUNNING).first().waitFor();

export const figure = (page: Page | Frame) => page.locator(RUNNING).first().innerText();
