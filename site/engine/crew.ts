/**
 * Other workers with the engine's module, each an instance of its own, that do errands for the one that holds the log. What is in an errand only the
 * module knows. They begin with the first errand, and end when there is nothing left to do: a list of a few thousand customers never has any.
 *
 * Where no worker can be started, or one fails or is ended by the browser, the engine does all by itself.
 */
import { newLock, whenEnded } from "./alive.ts";

/** The messages to a helper, and those from it. */
export type ToHelper = { help: WebAssembly.Module, lock: string } | { errand: Float64Array };
export type FromHelper = { held: true } | { outcome: Float64Array } | { failed: string };

/** What is needed of a worker. */
export interface Helper {
  postMessage: (message: ToHelper, transfer: Transferable[]) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent<FromHelper>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Beyond these the piece that nobody can share is the longest. */
const MOST = 3;

/** One that has not begun after so many milliseconds will not: no browser tells of a worker that it could not begin. */
const BEGUN_MS = 10_000;

/** What each needs of the device's memory is little, but a device that has little is not asked for it. */
const LEAST_GB = 4;

/** How many a device has use for: its cores less the one that the engine works on. */
export function helpersOf({ hardwareConcurrency = 1, deviceMemory = LEAST_GB }: { hardwareConcurrency?: number, deviceMemory?: number } = {}) {
  return deviceMemory < LEAST_GB ? 0 : Math.max(0, Math.min(MOST, hardwareConcurrency - 1));
}

export class Crew {
  #module: WebAssembly.Module;
  #start: () => Helper;
  #most: number;
  #idle: Helper[] = [];
  #busy = new Set<Helper>();
  #outcomes: Float64Array[] = [];
  #told = () => {};
  /** The first errands of those that have not begun. */ #first = new Map<Helper, Float64Array<ArrayBuffer>>();
  /** What ends the watch over each. */ #watches: (() => void)[] = [];

  /** @param start starts a worker; may throw @param most how many */
  constructor(module: WebAssembly.Module, start: () => Helper, most: number) {
    this.#module = module;
    this.#start = start;
    this.#most = most;
  }

  /** Whether somebody has nothing to do. */
  get free() {
    return this.#idle.length > 0 || this.#busy.size < this.#most;
  }

  get busy() {
    return this.#busy.size > 0;
  }

  give(errand: Float64Array<ArrayBuffer>) {
    const idle = this.#idle.pop();
    const helper = idle ?? this.#hire();
    if (!helper) return;
    this.#busy.add(helper);
    if (idle) helper.postMessage({ errand }, [errand.buffer]);
    else this.#first.set(helper, errand); // one that ends before it can be watched is not to take an errand with it
  }

  #hire() {
    try {
      const helper = this.#start();
      const lock = newLock();
      helper.onmessage = ({ data }) => {
        if ("failed" in data) return this.#fail();
        if ("held" in data) return this.#begin(helper, lock);
        this.#busy.delete(helper);
        this.#idle.push(helper);
        this.#outcomes.push(data.outcome);
        this.#told();
      };
      helper.onerror = (event) => {
        event.preventDefault?.(); // the page is not to hear of it: nothing is lost
        this.#fail();
      };
      const late = setTimeout(() => this.#first.has(helper) && this.#fail(), BEGUN_MS);
      this.#watches.push(() => clearTimeout(late));
      helper.postMessage({ help: this.#module, lock }, []);
      return helper;
    } catch {
      this.#fail();
      return null;
    }
  }

  /** A helper can be watched, and takes its first errand. */
  #begin(helper: Helper, lock: string) {
    const errand = this.#first.get(helper);
    if (!errand) return; // it was ended meanwhile
    this.#first.delete(helper);
    this.#watches.push(whenEnded(lock, () => this.#fail()));
    helper.postMessage({ errand }, [errand.buffer]);
  }

  /** Nobody is asked again. */
  #fail() {
    this.#most = 0;
    this.stop();
  }

  /** What has come in since. */
  outcomes() {
    return this.#outcomes.splice(0);
  }

  /** Waits until an outcome comes in, or none will. */
  async next() {
    if (this.busy && this.#outcomes.length === 0) await new Promise<void>((resolve) => (this.#told = resolve));
  }

  /** Ends all: what they were at is not done. */
  stop() {
    for (const leave of this.#watches.splice(0)) leave();
    for (const helper of [...this.#idle, ...this.#busy]) helper.terminate();
    this.#idle = [];
    this.#busy.clear();
    this.#first.clear();
    this.#outcomes = [];
    this.#told();
  }
}
