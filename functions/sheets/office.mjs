// LibreOffice with the macros of libreoffice/basic, in a folder of its own.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const start = promisify(execFile);

/** How long LibreOffice may take on a busy machine, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Gives an empty folder to a body, and takes it away again. While LibreOffice runs this process goes on, so that its connections live.
 * @template T
 * @param {(folder: { path: (name: string) => string, url: (name: string) => string, run: (macro: string) => Promise<unknown> }) => Promise<T>} body
 *   run: a macro, with its arguments, as "Sheets.Recalculate("…")"
 * @returns {Promise<T>}
 */
export async function inOffice(body) {
  const { stdout: office } = await start(fileURLToPath(new URL("libreoffice.sh", import.meta.url)));
  const folder = mkdtempSync(path.join(tmpdir(), "hourglass-office-"));
  try {
    const user = path.join(folder, "profile", "user");
    cpSync(new URL("libreoffice", import.meta.url), user, { recursive: true });
    const settings = path.join(user, "registrymodifications.xcu");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("«folder»", pathToFileURL(folder).href));
    const url = (/** @type {string} */ name) => pathToFileURL(path.join(folder, name)).href;
    return await body({
      path: (name) => path.join(folder, name),
      url,
      run: (macro) => start(office.trim(), [`-env:UserInstallation=${url("profile")}`, "--headless", "--norestore", `macro:///Standard.${macro}`], { timeout: PATIENCE }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
