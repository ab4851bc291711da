/**
 * The service worker: calculators and the customers page without a network, after the first visit.
 *
 * Nobody gets an old page who can have a new one: pages come from the network as long as there is one. What is kept is one version of the site as a whole, pages with
 * the files that they name by their content: each page is held to its digest, and a version of which one cannot be had whole is not kept at all. A new worker keeps
 * its version beside the old one, and takes over, and removes the old, once no page is open that the old one serves. The widget in other people's pages and the API are none of its business.
 */

/** What the builder writes before this: the version, and by language the file that lists what it takes. */
declare const VERSION: string;
declare const LISTS: Record<string, string>;

/** Pages with the digest of each; files, named by their content. Addresses are from the site's root. */
interface List {
  pages: Record<string, string>;
  files: string[];
}

/** What is used of a service worker's globals, of which the compiler knows those of a page alone. */
interface Scope {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "message", listener: (event: Lasting & { data: unknown }) => void): void;
  addEventListener(type: "fetch", listener: (event: Lasting & { request: Request; respondWith(response: Promise<Response>): void }) => void): void;
}

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}

const scope = globalThis as unknown as Scope; // this module runs as nothing else
const root = scope.registration.scope;

/** The caches of this site begin so: another may stand under another path of the origin. */
const OURS = `hourglass ${new URL(root).pathname} `;
const cacheOf = (lang: string) => `${OURS}${VERSION} ${lang}`;

/** Keeps a language's pages and their files, all or nothing. */
async function keep(lang: string) {
  if (!(lang in LISTS) || (await isWhole(lang))) return;
  const index = await taken(LISTS[lang]);
  const list: List = await index.clone().json();
  const found = new Map<string, Response>();
  // One after the other: whatever the visitor asks for meanwhile comes first.
  for (const file of list.files) found.set(file, await taken(file));
  for (const [page, digest] of Object.entries(list.pages)) {
    const response = await taken(page, "no-cache");
    if ((await digestOf(response.clone())) !== digest) return; // another version is being put up: the next visit tries again
    found.set(page, response);
  }
  const cache = await caches.open(cacheOf(lang));
  try {
    // The files before the pages that name them; the list last, as the sign that all is there: a worker may be ended at any time.
    for (const [path, response] of found) await cache.put(root + path, response);
    await cache.put(root + LISTS[lang], index);
  } catch {
    await caches.delete(cacheOf(lang)); // no room
  }
}

/** Whether all of a language is kept. */
async function isWhole(lang: string) {
  return (await caches.has(cacheOf(lang))) && (await (await caches.open(cacheOf(lang))).match(root + LISTS[lang])) !== undefined;
}

/** What the site has under a path, with its body: the network may go before it is wanted. */
async function taken(path: string, caching: RequestCache = "default") {
  const response = await fetch(root + path, { cache: caching });
  if (!response.ok || response.redirected) throw new Error(`${response.status} for ${path}`);
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding"); // the body is what it was before
  headers.delete("Content-Length");
  return new Response(await response.blob(), { headers });
}

async function digestOf(response: Response) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return Array.from(sum.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Of this version, what is kept under an address. */
async function kept(address: string) {
  for (const name of await caches.keys()) {
    const found = name.startsWith(`${OURS}${VERSION} `) ? await (await caches.open(name)).match(address) : undefined;
    if (found) return found;
  }
}

scope.addEventListener("install", (event) => {
  // The languages that the version before has kept.
  const before = async () => {
    const langs = new Set((await caches.keys()).filter((name) => name.startsWith(OURS)).map((name) => name.split(" ").at(-1) ?? ""));
    for (const lang of langs) await keep(lang);
  };
  event.waitUntil(before());
});

scope.addEventListener("activate", (event) => {
  const alone = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && !name.startsWith(`${OURS}${VERSION} `));
    await Promise.all(old.map((name) => caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(alone());
});

scope.addEventListener("message", (event) => {
  if (typeof event.data === "string") event.waitUntil(keep(event.data).catch(() => {})); // the network went: the next visit tries again
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/, 1)[0];
  const path = address.startsWith(root) ? address.slice(root.length) : null;
  if (request.method !== "GET" || path === null) return;
  if (/^(assets|customers)\/immutable\//.test(path)) event.respondWith(kept(address).then((found) => found ?? fetch(request)));
  else if (request.mode === "navigate" && path !== "widget.html" && !/^(v1|embed|sheets)\b/.test(path)) {
    event.respondWith(
      fetch(request).catch(async (error) => {
        const found = await kept(address.replace(/\/index\.html$/, "/"));
        if (found) return found;
        // As hosts do: the address of a page ends with a slash, and those beside it lead there.
        if (await kept(`${address}/`)) return Response.redirect(`${address}/${request.url.slice(address.length)}`);
        throw error;
      }),
    );
  }
});
