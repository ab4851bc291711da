// LibreOffice as a person at a workbook: see libreoffice/basic/Standard/Workbooks.xba.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Does what the orders say with each workbook, and returns what was read: by workbook, by read, by name.
 * @param {{ file: Buffer, orders: string[][] }[]} books @returns {string[][][]}
 */
export function follow(books) {
  const office = spawnSync(fileURLToPath(new URL("libreoffice.sh", import.meta.url)), { encoding: "utf8" });
  assert.equal(office.status, 0, office.stderr);
  const folder = mkdtempSync(path.join(tmpdir(), "hourglass-workbooks-"));
  try {
    const user = path.join(folder, "profile", "user");
    cpSync(new URL("libreoffice", import.meta.url), user, { recursive: true });
    const settings = path.join(user, "registrymodifications.xcu");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("«folder»", pathToFileURL(folder).href));
    const at = (name) => pathToFileURL(path.join(folder, name)).href;
    const lines = books.flatMap(({ file, orders }, i) => {
      writeFileSync(path.join(folder, `${i}.xlsx`), file);
      return [["open", at(`${i}.xlsx`)], ...orders, ["close"]];
    });
    writeFileSync(path.join(folder, "orders.txt"), lines.map((line) => line.join("\t") + "\n").join(""));
    const macro = `macro:///Standard.Workbooks.Follow("${at("orders.txt")}","${at("answers.txt")}")`;
    const run = spawnSync(office.stdout.trim(), ["-env:UserInstallation=" + at("profile"), "--headless", "--norestore", macro], { encoding: "utf8", timeout: 600_000 });
    assert.equal(run.status, 0, run.stderr);
    const answers = readFileSync(path.join(folder, "answers.txt"), "utf8").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    assert.equal(answers.length, lines.filter(([what]) => what === "read").length, `it stopped at ${answers.at(-1)}`);
    return books.map(({ orders }) => answers.splice(0, orders.filter(([what]) => what === "read").length));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
