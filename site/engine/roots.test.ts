// What a function of the customers' module still uses is not given away by the collector: a program that allocates where
// TinyGo has lost sight of it (docs/decisions/0019-collected-memory.md), built as that module is built.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { createWasi } from "./wasi.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

for (const compiler of ["tinygo", "go"]) {
  test(`${compiler}: the collector sees what inlined functions have allocated`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "hourglass-roots-"));
    try {
      const out = join(folder, "roots.wasm");
      execFileSync("wasm/toolchain/build.sh", [compiler, "./wasm/module/testdata/roots", out], { cwd: root, env: { ...process.env, TINYGO_GC: "precise", TINYGO_OPT: "2" } });
      const wasi = compiler === "go" ? createWasi() : null;
      const { instance } = await WebAssembly.instantiate(readFileSync(out), { ...wasi?.imports });
      const { _initialize, appended, chosen } = instance.exports as Record<string, (n?: number) => number>; // what roots/main.go exports
      if (wasi) wasi.initialize(instance);
      else _initialize();
      assert.equal(appended(100), 1);
      assert.equal(chosen(20), 7);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("the customers' module takes none of its constants for addresses", () => {
  const module = readFileSync(join(root, "build/customers-tinygo.wasm"));
  const after = module.indexOf(Buffer.from([0xd6, 0xc1, 0x62, 0xca])); // behind the mark in wasm/customers/roots.go
  assert.ok(after >= 4);
  const STACK = 262_144;
  const variables = module.readUInt32LE(after - 4);
  assert.ok(variables > STACK && variables < 2 * STACK, `its variables begin at ${variables}`);
});

test("next to nothing of the customers' module's variables looks like an address", () => {
  const said = execFileSync(process.execPath, ["--import", "./site/build/typescript.mjs", "site/engine/bench-roots.ts"], { cwd: root, encoding: "utf8" });
  const stray = Number(/(\d+) of them addresses/.exec(said)?.[1]);
  // The rest of the mark, and one of TinyGo's own. A table of numbers is among them if a slice is made of it: core/paretonbd/legendre.go.
  assert.ok(stray <= 4, said);
});
