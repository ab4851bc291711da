/**
 * The widget's npm package as others use it: packed by npm, installed from that, and each recipe of its README as it is written there, built by the real
 * esbuild, webpack and Vite, type-checked by the real compilers, and shown by a real browser. What is not a recipe here is what any such project has.
 * The components that the widget's configurator writes are built here too, since the same frameworks are at hand.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TmplAstElement, TmplAstText, parseTemplate } from "@angular/compiler";
import type { Browser, Page } from "playwright-core";
import { createServer as createViteServer } from "vite";
import webpack from "webpack";
import { type Wish, hostNamed } from "../../../site/embed/snippets.ts";
import { PATIENCE, launch } from "../../../site/test/browser/browser.ts";
import { everyNth } from "../../../site/test/turn.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Filled by make test-npm. */
const unpacked = fileURLToPath(new URL("../../../build/npm", import.meta.url));
const readme = readFileSync(join(unpacked, "README.md"), "utf8");
const apps = join(here, "apps");
const react18 = join(here, "react-18", "app");

/** 50 a month for 1/0.1 months. */
const ANSWER = { figure: "€500", told: "500.00" };
/** The catalogue's example at 5 % churn, which the widget begins with: 1,390.93 by docs/formulas/subscription.md. */
const BEGINNING = "$1,391";

/** The recipes of a part of the README: files by the name in their first line, and commands. */
function recipes(heading: string) {
  const part = readme.split(/^## /m).find((text) => text.startsWith(heading));
  assert.ok(part, `README has a part "${heading}"`);
  const blocks = [...part.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
  const files = Object.fromEntries(blocks.flatMap(({ text }) => {
    const name = /^(?:\/\/|<!--) (\S+?\.\w+)(?: -->)?\n/.exec(text)?.[1];
    return name ? [[name, text]] : [];
  }));
  return { files, commands: blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.trim().split("\n")) };
}

const first = recipes("");
const bundlers = recipes("Bundlers");

function folder(name: string, files: Record<string, string>, at = join(apps, name)) {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "package.json"), JSON.stringify({ private: true, type: "module" }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, file)), { recursive: true });
    writeFileSync(join(at, file), text);
  }
  return at;
}

/** An ordinary page with an ordinary entry. */
const page = (entry: string, body = '<div id="app"></div>') => `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>App</title>${body}<script type="module" src="${entry}"></script></html>`;

/** TypeScript's own declarations are not checked once more, all others are. */
const strict = (more: object) => JSON.stringify({
  compilerOptions: {
    target: "es2022", lib: ["es2022", "dom", "dom.iterable"], module: "esnext", moduleResolution: "bundler", strict: true, noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, noEmit: true, types: [], skipDefaultLibCheck: true, ...more,
  },
});

/** The tools are at hand as in a script of npm's: to find one, npx starts npm first. */
const env = { ...process.env, PATH: `${join(here, "node_modules/.bin")}:${process.env.PATH}` };
const run = (cwd: string, command: string) => execFileSync("bash", ["-euc", command], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/favicon.ico") return void response.writeHead(204).end();
  const file = join(here, pathname);
  try {
    const body = readFileSync(file);
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
let browser: Browser;
let origin: string;

before(async () => {
  const packed = mkdtempSync(join(tmpdir(), "hourglass-npm-"));
  run(unpacked, `npm pack --silent --pack-destination '${packed}'`);
  for (const root of [here, join(here, "react-18")]) {
    const installed = join(root, "node_modules/@hourglass/calculator");
    rmSync(installed, { recursive: true, force: true });
    mkdirSync(installed, { recursive: true });
    run(packed, `tar -xzf ./*.tgz --strip-components=1 -C '${installed}'`);
  }
  rmSync(packed, { recursive: true });
  for (const made of [apps, react18]) rmSync(made, { recursive: true, force: true });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server.close();
});

/** Opens a page and hands over what its widget says. Whatever the page complains of, and whatever it does not find, fails. */
async function shows(address: string, answer: { figure: string; told?: string }) {
  const tab = await browser.newPage();
  const said: string[] = [];
  tab.on("pageerror", (error) => said.push(error.message));
  tab.on("console", (message) => void (["error", "warning"].includes(message.type()) && said.push(message.text())));
  tab.on("response", (response) => void (response.status() >= 400 && said.push(`${response.status()} ${response.url()}`)));
  await tab.goto(address);
  try {
    await tab.locator(".widget .figure").first().waitFor({ timeout: PATIENCE });
    assert.equal(await tab.locator(".widget .figure").first().innerText(), answer.figure);
    if (answer.told) {
      await tab.waitForFunction((told) => document.querySelector("output")?.textContent === told, answer.told);
      // Two calculations to choose from, and square corners: a list and a number, as each framework sets them.
      assert.equal(await tab.locator(".widget .chooser input").count(), 2);
      assert.equal(await tab.locator("hourglass-calculator").evaluate((e) => getComputedStyle(e).getPropertyValue("--hourglass-radius")), "0px");
    }
  } finally {
    await tab.close();
    assert.deepEqual(said, []);
  }
}

test("npm packs what the README names, and no source", () => {
  const installed = readdirSync(join(here, "node_modules/@hourglass/calculator"));
  assert.deepEqual(installed.sort(), ["README.md", "custom-elements.json", "dist", "index.d.ts", "package.json", "react.d.ts", "server.js", "svelte.d.ts", "vue.d.ts"]);
  assert.deepEqual(first.commands, ["npm install @hourglass/calculator"]);
});

test("esbuild: files beside the bundle, and files that esbuild names", async () => {
  const at = folder("esbuild", { ...first.files, ...bundlers.files });
  symlinkSync(join(here, "node_modules"), join(at, "node_modules"));
  const named = bundlers.commands.filter((command) => command.includes("named.js"));
  const beside = bundlers.commands.filter((command) => !named.includes(command));
  assert.equal(named.length * beside.length, 2);
  for (const command of beside) run(at, `${command} --log-level=warning`.replace(/^(cp .*) --log-level=warning/, "$1"));
  await shows(`${origin}/apps/esbuild/public/index.html`, { figure: BEGINNING });
  const other = folder("named", bundlers.files);
  symlinkSync(join(here, "node_modules"), join(other, "node_modules"));
  for (const command of named) run(other, `${command} --log-level=warning`);
  assert.ok(readdirSync(join(other, "public")).every((file) => file !== "engine.wasm"), "the engine has a hash");
  writeFileSync(join(other, "public/index.html"), (bundlers.files["public/index.html"] ?? "").replace("main.js", "named.js").replace('"subscription"', '"upsell"'));
  await shows(`${origin}/apps/named/public/index.html`, { figure: await beginning("upsell") });
});

/** What the widget begins with for another calculation, by the files beside the bundle: naming them must not change it. */
async function beginning(kind: string) {
  const tab = await browser.newPage();
  await tab.goto(`${origin}/apps/esbuild/public/index.html`);
  await tab.locator("hourglass-calculator").evaluate((element, to) => element.setAttribute("kind", to), kind);
  const figure = tab.locator(".widget .figure").first();
  await tab.waitForFunction((before) => {
    const now = document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".figure")?.textContent?.trim();
    return now && now !== before;
  }, BEGINNING);
  const text = await figure.innerText();
  await tab.close();
  return text;
}

/**
 * Leaves to webpack's minifier the entry and a tenth of the other scripts, others at each turn: of the 380 nearly all are words, and it takes longer over
 * them than webpack over all the rest.
 */
const minifiedInTurn = (compiler: webpack.Compiler) => compiler.hooks.compilation.tap("turn", (made) => made.hooks.processAssets.tap("turn", (assets) => {
  const scripts = Object.keys(assets).filter((name) => name.endsWith(".js")).sort();
  const taken = new Set(["main.js", ...everyNth(scripts, 10).map(([, name]) => name)]);
  for (const name of scripts) if (!taken.has(name)) made.updateAsset(name, (source) => source, { minimized: true });
}));

test("webpack, with no setting", async () => {
  const at = folder("webpack", { ...first.files, "dist/index.html": page("main.js", '<hourglass-calculator kind="subscription"></hourglass-calculator>') });
  const stats = await new Promise<webpack.Stats | undefined>((done, failed) =>
    webpack({ context: at, entry: "./main.js", output: { path: join(at, "dist") }, mode: "production", performance: false, plugins: [minifiedInTurn] }, (error, result) => (error ? failed(error) : done(result))));
  assert.deepEqual(stats?.toJson({ errors: true, warnings: true }).errors, []);
  assert.deepEqual(stats?.toJson({ errors: true, warnings: true }).warnings, []);
  await shows(`${origin}/apps/webpack/dist/index.html`, { figure: BEGINNING });
});

/** What any application of React has, beside the recipe; and what its compiler must refuse. */
const react = {
  ...recipes("React").files,
  "index.html": page("/main.tsx"),
  "main.tsx": 'import { createRoot } from "react-dom/client";\nimport { Calculator } from "./Calculator";\n\ncreateRoot(document.getElementById("app") as HTMLElement).render(<Calculator />);\n',
  "refused.tsx": `import "@hourglass/calculator/react";
export const refused = [
  // @ts-expect-error no calculation
  <hourglass-calculator key="1" kind="nonsense" />,
  // @ts-expect-error no option
  <hourglass-calculator key="2" colour="red" />,
  // @ts-expect-error a number or a text
  <hourglass-calculator key="3" radius={true} />,
  <hourglass-calculator key="4" kinds={["average", "subscription"]} data-layer action-text="Book a call" className="wide" style={{ display: "block" }} />,
];
`,
  "tsconfig.json": strict({ jsx: "react-jsx" }),
};

const vite = "vite build --base ./ --logLevel warn";
const typescript = "tsc -p .";

test("Vite and React 19 in strict TypeScript, built, by the development server, and rendered on a server", async () => {
  const at = folder("react", { ...bundlers.files, ...react });
  run(at, typescript);
  run(at, vite);
  await shows(`${origin}/apps/react/dist/index.html`, ANSWER);

  const development = await createViteServer({ root: at, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  try {
    await development.listen();
    await shows(development.resolvedUrls?.local[0] ?? "", ANSWER);
  } finally {
    await development.close();
  }

  writeFileSync(join(at, "server.tsx"), 'import { renderToString } from "react-dom/server";\nimport { Calculator } from "./Calculator";\n\nconsole.log(renderToString(<Calculator />));\n');
  run(at, "esbuild server.tsx --bundle --platform=node --format=cjs --outfile=server.cjs --jsx=automatic --log-level=warning");
  assert.match(run(at, "node server.cjs"), /<hourglass-calculator kind="subscription" [^>]*><p>What is a subscriber worth\?<\/p><\/hourglass-calculator>/);
});

test("Vite and React 18 in strict TypeScript", async () => {
  const at = folder("react-18", { ...bundlers.files, ...react }, react18);
  run(at, typescript);
  run(at, vite);
  await shows(`${origin}/react-18/app/dist/index.html`, ANSWER);
});

test("Vite and Vue", async () => {
  const at = folder("vue", {
    ...recipes("Vue").files,
    "index.html": page("/main.ts"),
    "main.ts": 'import { createApp } from "vue";\nimport Calculator from "./Calculator.vue";\n\ncreateApp(Calculator).mount("#app");\n',
    "Refused.vue": '<script setup lang="ts">\nimport "@hourglass/calculator/vue";\n</script>\n\n<template>\n  <!-- @vue-expect-error no calculation -->\n  <hourglass-calculator kind="nonsense" />\n</template>\n',
    "tsconfig.json": strict({ skipLibCheck: true }).replace("}}", '},"vueCompilerOptions":{"strictTemplates":true},"include":["*.ts","*.vue"]}'),
  });
  run(at, "vue-tsc -p .");
  run(at, vite);
  await shows(`${origin}/apps/vue/dist/index.html`, ANSWER);
});

test("Vite and Svelte", async () => {
  const at = folder("svelte", {
    ...recipes("Svelte").files,
    "vite.config.js": 'import { svelte } from "@sveltejs/vite-plugin-svelte";\n\nexport default { plugins: [svelte()] };\n',
    "index.html": page("/main.ts"),
    "main.ts": 'import { mount } from "svelte";\nimport Calculator from "./Calculator.svelte";\n\nmount(Calculator, { target: document.getElementById("app") as HTMLElement });\n',
    "refused.ts": 'import "@hourglass/calculator/svelte";\nimport type { SvelteHTMLElements } from "svelte/elements";\n\n// @ts-expect-error no calculation\nexport const refused: SvelteHTMLElements["hourglass-calculator"] = { kind: "nonsense" };\n',
    "tsconfig.json": strict({ types: ["svelte"] }),
  });
  run(at, "svelte-check --fail-on-warnings --output human");
  run(at, vite);
  await shows(`${origin}/apps/svelte/dist/index.html`, ANSWER);
});

/** Words that are code to one template or another: a component must show them, and what the page's own HTML shows. */
const HOSTILE = `"><script>document.title='hacked'</script>{{ 1 + 1 }}{x}\`\${1}\\n@if (true) {a} &quot;</template>`;
const wish: Wish = {
  values: { kind: "subscription", kinds: ["subscription", "average"], values: "price=250&churn_rate=0.04", accent: "#7a1fa2", actionText: HOSTILE, actionLink: "https://example.com/?a=1&b={2}", dataLayer: true },
  form: "script", origin: "https://hourglass.example", pin: null, fallback: { text: HOSTILE, example: `${HOSTILE}.` }, title: HOSTILE,
};
const pin = { src: `${wish.origin}/embed/immutable/v1-abc.js`, integrity: `sha384-${createHash("sha384").update("").digest("base64")}` };
const WISHES: Record<string, Wish> = {
  Script: wish, Pinned: { ...wish, pin }, Button: { ...wish, values: { ...wish.values, mode: "popup", buttonText: HOSTILE } }, Frame: { ...wish, form: "frame" },
};
const written = (host: string, of: Wish) => hostNamed(host).snippets(of)[0]?.text ?? "";

/** What a visitor gets of an element. */
interface Shown {
  name: string;
  attributes: Record<string, string>;
  inside: (Shown | string)[];
}

/** In a page, of the element in each of these places. A style is as written, or in the browser's words: Vue's compiler works sums out. */
const shownIn = (page: Page, selector: string, style: "written" | "understood"): Promise<Shown[]> => page.locator(selector).evaluateAll((places, style) => {
  if (style === "understood") for (const e of document.querySelectorAll<HTMLElement>("hourglass-calculator[style]")) e.setAttribute("style", e.style.cssText);
  const shown = (element: Element): Shown => ({
    name: element.localName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value] as const).sort()),
    inside: [...element.childNodes].flatMap((node) => (node instanceof Element ? [shown(node)] : node.textContent?.trim() ? [node.textContent.trim()] : [])),
  });
  return places.map((place) => shown(place.querySelector("hourglass-calculator, iframe") as Element));
}, style);

/** What the plain HTML is to a browser: embed.test.ts opens it with the widget. */
async function plain(page: Page, style: "written" | "understood") {
  await page.setContent(Object.values(WISHES).map((of) => `<div class="place">${written("html", of)}</div>`).join(""));
  return shownIn(page, ".place", style);
}

/** A page of a browser in which nothing is loaded from afar, and the addresses that were asked for. */
async function cutOff() {
  const tab = await browser.newPage();
  const asked: string[] = [];
  await tab.route(`${wish.origin}/**`, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: route.request().url().endsWith(".js") ? "text/javascript" : "text/html", headers: { "Access-Control-Allow-Origin": "*" }, body: "" });
  });
  return { tab, asked };
}

test("the configurator's components for Vue and Svelte show what its HTML shows, and load the script once", async () => {
  const { tab, asked } = await cutOff();
  const wanted = await plain(tab, "understood");
  const mounts = {
    vue: 'import { createApp } from "vue";\nconst mount = (component, target) => createApp(component).mount(target);\n',
    svelte: 'import { mount as mounting } from "svelte";\nconst mount = (component, target) => mounting(component, { target });\n',
  };
  const names = Object.keys(WISHES);
  for (const [host, mount] of Object.entries(mounts)) {
    const at = folder(`configured-${host}`, {
      "vite.config.js": host === "vue" ? 'import vue from "@vitejs/plugin-vue";\n\nexport default { plugins: [vue()] };\n'
        : 'import { svelte } from "@sveltejs/vite-plugin-svelte";\n\nexport default { plugins: [svelte({ onwarn(warning) { throw new Error(warning.message); } })] };\n',
      "index.html": page("/main.js", ""),
      "main.js": `${mount}${names.map((name) => `import ${name} from "./${name}.${host}";\n`).join("")}
for (const component of [${names.join(", ")}]) {
  for (const place of ["place", "again"]) {
    const target = document.createElement("div");
    target.className = place;
    document.body.append(target);
    mount(component, target);
  }
}
`,
      ...Object.fromEntries(Object.entries(WISHES).map(([name, of]) => [`${name}.${host}`, written(host, of)])),
    });
    // For development: what a framework complains of, it says in the console.
    run(at, `NODE_ENV=development ${vite} --mode development`);
    const said: string[] = [];
    tab.on("pageerror", (error) => said.push(error.message));
    tab.on("console", (message) => void (["error", "warning"].includes(message.type()) && said.push(message.text())));
    asked.length = 0;
    await tab.goto(`${origin}/apps/configured-${host}/dist/index.html`);
    await tab.waitForFunction((count) => document.querySelectorAll(".again :is(hourglass-calculator, iframe)").length === count, names.length);
    for (const place of [".place", ".again"]) assert.deepEqual(await shownIn(tab, place, "understood"), wanted, host);
    assert.deepEqual(asked.filter((address) => address.endsWith(".js")).sort(), [`${wish.origin}/embed/frame.js`, pin.src, `${wish.origin}/embed/v1.js`], host);
    assert.deepEqual(await tab.locator(`script[src="${pin.src}"]`).evaluate((e: HTMLScriptElement) => [e.integrity, e.crossOrigin]), [pin.integrity, "anonymous"]);
    assert.deepEqual(said, [], host);
  }
  await tab.close();
});

/** Angular's own tools are many packages, @angular/compiler is one and tslib. It alone reads the template, and TypeScript the class beside a stand-in for @angular/core; nothing is run in a browser. */
test("the configurator's component for Angular: its template is what its HTML shows, and strict TypeScript takes its class", async () => {
  const { tab } = await cutOff();
  const wanted = await plain(tab, "written");
  await tab.close();
  const at = folder("configured-angular", {
    "core.ts": `export const CUSTOM_ELEMENTS_SCHEMA = { name: "custom-elements" };
export const afterNextRender = (_: () => void) => {};
export const Component = (metadata: { selector: string; schemas: object[]; template: string }) => <T extends new () => object>(to: T) => Object.assign(to, { metadata });
`,
    "tsconfig.json": strict({ lib: ["es2022", "dom"], experimentalDecorators: true, paths: { "@angular/core": ["./core.ts"] } }),
    ...Object.fromEntries(Object.entries(WISHES).map(([name, of]) => [`${name}.ts`, written("angular", of)])),
  });
  run(at, typescript);
  run(at, `esbuild ${Object.keys(WISHES).map((name) => `${name}.ts`).join(" ")} --bundle --format=esm --outdir=made --log-level=warning`);
  for (const [nth, name] of Object.keys(WISHES).entries()) {
    const { Hourglass } = await import(join(at, "made", `${name}.js`));
    const { nodes, errors } = parseTemplate(Hourglass.metadata.template, `${name}.html`, { preserveWhitespaces: false });
    assert.equal(errors, null);
    assert.deepEqual(nodes.map(ofAngular), [{ name: "div", attributes: { ngNonBindable: "" }, inside: [wanted[nth]] }]);
  }
});

function ofAngular(node: unknown): Shown | string {
  if (node instanceof TmplAstText) return node.value.trim();
  assert.ok(node instanceof TmplAstElement, `${(node as object).constructor.name}: neither an element nor a text`);
  assert.deepEqual([node.inputs, node.outputs, node.references], [[], [], []]);
  return {
    name: node.name,
    attributes: Object.fromEntries(node.attributes.map(({ name, value }) => [name, value] as const).sort()),
    inside: node.children.map(ofAngular),
  };
}
