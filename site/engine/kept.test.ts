// A module that was compiled on this machine is not compiled again, in whichever clone, until its sources change.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../wasm/toolchain/build.sh", import.meta.url));

test("modules are kept by what they are made of", () => {
  const folder = mkdtempSync(join(tmpdir(), "hourglass-kept-"));
  const cache = join(folder, "cache");
  const clone = (name: string, main: string) => {
    const at = join(folder, name);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, "go.mod"), "module kept\n\ngo 1.26\n");
    writeFileSync(join(at, "main.go"), `package main\n\n${main}\n`);
    execFileSync(script, ["go", ".", "out.wasm"], { cwd: at, env: { ...process.env, HOURGLASS_CACHE: cache } });
    return { built: readFileSync(join(at, "out.wasm")).toString("latin1"), sources: readFileSync(join(at, "out.wasm.d"), "utf8") };
  };
  try {
    const first = clone("a", "func main() {}");
    assert.ok(first.built.startsWith("\0asm"));
    const [kept] = readdirSync(join(cache, "modules"));
    writeFileSync(join(cache, "modules", kept), "from the cache");
    const second = clone("b", "func main() {}");
    assert.deepEqual([second.built, second.sources], ["from the cache", first.sources]);
    assert.ok(clone("b", "func main() { println() }").built.startsWith("\0asm"), "another source");
    assert.equal(readdirSync(join(cache, "modules")).length, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
