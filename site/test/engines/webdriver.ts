/** W3C WebDriver over plain HTTP, as far as the short set needs it: WebKit speaks nothing else. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Says, Tab } from "./tab.ts";

/** How an element is named on the wire. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

type Answer = { value: unknown };

/** A screen that nobody sees. @returns the server and the display's name */
async function screen() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise<string>((tell, fail) => {
    server.stdio[3]?.once("data", (bytes) => tell(String(bytes).trim()));
    server.once("error", fail);
    server.once("exit", (code) => fail(new Error(`Xvfb ended with ${code}`)));
  });
  return { server, display: `:${number}` };
}

/** A driver of WebKit, its screen, and one session of its browser. */
export class WebDriver {
  #session = "";

  private constructor(readonly programs: ChildProcess[], readonly root: string) {}

  /** Starts a driver, and by it a browser. @param browser the path of WebKit's small one */
  static async start(program: string, browser: string) {
    const port = await freePort();
    const { server, display } = await screen();
    // What a page is drawn with where there is no graphics card, as the driver's browser inherits it.
    const env = { ...process.env, LANG: "en_US.UTF-8", DISPLAY: display, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
    const driver = spawn(program, [`--port=${port}`], { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    driver.stderr?.on("data", (bytes) => void (said += bytes));
    const web = new WebDriver([driver, server], `http://127.0.0.1:${port}`);
    try {
      await web.#up();
      const { sessionId } = (await web.#ask("POST", "/session", {
        capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } } },
      })) as { sessionId: string };
      web.#session = `/session/${sessionId}`;
      await web.call("POST", "/window/rect", { width: 1280, height: 900 }).catch(() => {}); // without a window manager there may be no other size
      return web;
    } catch (error) {
      await web.stop();
      throw new Error(`${program}: ${said}`, { cause: error });
    }
  }

  /** Waits until the driver listens. */
  async #up() {
    for (let i = 0; ; i++) {
      try {
        return await this.#ask("GET", "/status");
      } catch (error) {
        if (i > 200) throw error;
        await new Promise((later) => setTimeout(later, 50));
      }
    }
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.root + path, { method, body: body && JSON.stringify(body), headers: { "Content-Type": "application/json" } });
    const { value } = (await response.json()) as Answer;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }

  call(method: "GET" | "POST" | "DELETE", path: string, body?: object) {
    return this.#ask(method, this.#session + path, body);
  }

  async stop() {
    await this.#ask("DELETE", this.#session).catch(() => {});
    for (const program of this.programs) {
      const ended = once(program, "exit");
      if (program.kill()) await ended;
    }
  }

  /** The session's one tab. */
  get tab(): Tab {
    const { call } = { call: this.call.bind(this) };
    const run = (says: string, args: unknown[]) => call("POST", "/execute/sync", { script: `return (${says}).apply(null, arguments)`, args });
    const tab: Tab = {
      complaints: [],
      async go(address) {
        await call("POST", "/url", { url: address });
      },
      async run<T, A extends unknown[]>(says: Says<T, A>, ...args: A) {
        return (await run(String(says), args)) as T; // what the function gives, by way of JSON
      },
      async type(text) {
        const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
        await call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
      },
      async choose(input, path) {
        const element = (await run(String(input), [])) as Record<string, string>; // an element, by its name
        await call("POST", `/element/${element[ELEMENT]}/value`, { text: path });
      },
      async within(frame, body) {
        const id = await call("POST", "/element", { using: "css selector", value: frame });
        await call("POST", "/frame", { id });
        await body(tab);
        await call("POST", "/frame", { id: null });
      },
    };
    return tab;
  }
}

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("no port");
  return address.port;
}
