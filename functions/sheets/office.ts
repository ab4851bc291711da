// LibreOffice with the macros of libreoffice/basic, in a folder of its own.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const start = promisify(execFile);

/** How long LibreOffice may take on a busy machine, in milliseconds. */
const PATIENCE = 1_200_000;

/** A folder with LibreOffice at hand. */
interface Office {
  path(name: string): string; // of a file in the folder
  url(name: string): string;
  run(macro: string): Promise<unknown>; // with its arguments, as "Sheets.Recalculate("…")"
  install(extension: string): Promise<unknown>; // for this folder alone
}

/** Where LibreOffice is; looked for once, since the packages are asked for one by one. */
let found: Promise<string> | undefined;
const program = () => (found ??= start(fileURLToPath(new URL("libreoffice.sh", import.meta.url))).then(({ stdout }) => stdout.trim()));

/** Gives an empty folder to a body, and takes it away again. While LibreOffice runs this process goes on, so that its connections live. */
export async function inOffice<T>(body: (office: Office) => Promise<T>, language = "en-US"): Promise<T> {
  const office = await program();
  const folder = mkdtempSync(path.join(tmpdir(), "hourglass-office-"));
  try {
    const user = path.join(folder, "profile", "user");
    cpSync(new URL("libreoffice", import.meta.url), user, { recursive: true });
    const settings = path.join(user, "registrymodifications.xcu");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("«folder»", pathToFileURL(folder).href).replaceAll("«language»", language));
    const url = (name: string) => pathToFileURL(path.join(folder, name)).href;
    // Extensions for all users lie in the folder too: unopkg gives root no others.
    const own = [`-env:UserInstallation=${url("profile")}`, `-env:UNO_SHARED_PACKAGES=${url("shared")}`, `-env:UNO_SHARED_PACKAGES_CACHE=${url("shared/cache")}`];
    return await body({
      path: (name) => path.join(folder, name),
      url,
      run: (macro) => start(office, [...own, "--headless", "--norestore", `macro:///Standard.${macro}`], { timeout: PATIENCE }),
      install: (extension) => again(() => start(path.join(path.dirname(realpathSync(office)), "unopkg"), ["add", "--shared", "--force", extension, ...own], { timeout: PATIENCE })),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Tries once more what had no memory: unopkg starts a LibreOffice of its own beside those of the other tests, and on a machine full of them
 * ended with std::bad_alloc once. Anything else is a fault.
 */
export async function again<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!/bad_alloc/.test(`${error}`)) throw error;
    await new Promise((done) => setTimeout(done, 2000));
    return body();
  }
}
