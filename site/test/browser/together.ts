/**
 * Runs a part of the files of tests in one process and one browser: a process, a browser and its first page cost as much as three tests. Each file is a module that
 * begins its tests when it is loaded; they run one after the other. A file has what it needs before its first test by await, for hooks of several files are one list.
 */
import { readdirSync, statSync } from "node:fs";

/** In how many parts: some are long, and a machine runs two at a time. */
const PARTS = 4;
/** What has a browser of its own, and ends or restarts what others need. */
const ALONE = ["offline.test.ts", "widget.test.ts"];

const folder = new URL("./", import.meta.url);
const size = (file: string) => statSync(new URL(file, folder)).size;

/** @param part from 1 */
export async function together(part: number) {
  // By length, so that the parts are about as long, and each has some of every kind.
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts") && !ALONE.includes(file)).sort((a, b) => size(b) - size(a));
  for (const [i, file] of files.entries()) {
    if (i % PARTS === part - 1) await import(new URL(file, folder).href);
  }
}
