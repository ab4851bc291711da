/**
 * The widget's npm package as others use it: packed by npm, installed from that, and each recipe of its README as it is written there, built by the real
 * esbuild, webpack and Vite, type-checked by the real compilers, and shown by a real browser. What is not a recipe here is what any such project has.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { createServer as createViteServer } from "vite";
import webpack from "webpack";
import { PATIENCE, launch } from "../../../site/test/browser/browser.ts";

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

const strict = (more: object) => JSON.stringify({
  compilerOptions: {
    target: "es2022", lib: ["es2022", "dom", "dom.iterable"], module: "esnext", moduleResolution: "bundler", strict: true, noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, noEmit: true, types: [], ...more,
  },
});

const run = (cwd: string, command: string) => execFileSync("bash", ["-euc", command], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

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

test("webpack, with no setting", async () => {
  const at = folder("webpack", { ...first.files, "dist/index.html": page("main.js", '<hourglass-calculator kind="subscription"></hourglass-calculator>') });
  const stats = await new Promise<webpack.Stats | undefined>((done, failed) =>
    webpack({ context: at, entry: "./main.js", output: { path: join(at, "dist") }, mode: "production", performance: false }, (error, result) => (error ? failed(error) : done(result))));
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

const vite = "npx --no-install vite build --base ./ --logLevel warn";
const typescript = "npx --no-install tsc -p .";

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
  run(at, "npx --no-install esbuild server.tsx --bundle --platform=node --format=cjs --outfile=server.cjs --jsx=automatic --log-level=warning");
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
  run(at, "npx --no-install vue-tsc -p .");
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
  run(at, "npx --no-install svelte-check --fail-on-warnings --output human");
  run(at, vite);
  await shows(`${origin}/apps/svelte/dist/index.html`, ANSWER);
});
