/**
 * The host side of WASI preview 1, as far as a module built by Go's own compiler (GOOS=wasip1, -buildmode=c-shared)
 * asks for it: clocks, random bytes, text to the console, nothing else. There are no arguments, no environment, no
 * files. Works in browsers, Workers and Node. A module built by TinyGo imports nothing and does not need this.
 *
 * The functions follow https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */

/** Error numbers of that document. */
const OK = 0;
const BADF = 8;
const INVAL = 28;

/** Bytes of its structures subscription and event, which poll_oneoff reads and writes. */
const SUBSCRIPTION = 48;
const EVENT = 32;

/** The most bytes one call of crypto.getRandomValues may ask for. */
const RANDOM_MAX = 65536;

/** Thrown through the module's frames when it calls proc_exit: after a Go panic with code 2. The instance is then dead. */
export class Exit extends Error {
  constructor(readonly code: number) {
    super(`the module exited with code ${code}`);
    this.name = "Exit";
  }
}

interface Wasi {
  imports: WebAssembly.Imports; // what to instantiate the module with
  initialize: (instance: WebAssembly.Instance) => void; // starts the Go runtime; call it once, before any export
}

/**
 * Makes the imports for one instance.
 *
 * @param print takes each line the module writes to its standard output (fd 1) or standard error (fd 2), the text of a Go panic among them
 */
export function createWasi(print: (line: string, fd: number) => void = (line, fd) => (fd === 1 ? console.log(line) : console.error(line))): Wasi {
  let memory: WebAssembly.Memory;
  // Made anew at each use: growing the memory detaches every older view.
  const view = () => new DataView(memory.buffer);
  const bytes = (ptr: number, size: number): Uint8Array<ArrayBuffer> => new Uint8Array(memory.buffer, ptr, size);

  const printers = new Map([1, 2].map((fd) => [fd, linePrinter((line) => print(line, fd))]));

  /** Serves args_sizes_get and environ_sizes_get: no strings, no bytes. */
  const none = (count: number, size: number) => {
    view().setUint32(count, 0, true);
    view().setUint32(size, 0, true);
    return OK;
  };
  const noDescriptor = () => BADF;

  const wasi_snapshot_preview1 = {
    args_get: () => OK,
    args_sizes_get: none,
    environ_get: () => OK,
    environ_sizes_get: none,
    sched_yield: () => OK,

    clock_time_get(id: number, _precision: bigint, out: number) {
      if (id > 1) return INVAL;
      const ms = id === 0 ? Date.now() : performance.now();
      view().setBigUint64(out, BigInt(Math.round(ms * 1e6)), true);
      return OK;
    },

    random_get(ptr: number, size: number) {
      for (let done = 0; done < size; done += RANDOM_MAX) {
        crypto.getRandomValues(bytes(ptr + done, Math.min(RANDOM_MAX, size - done)));
      }
      return OK;
    },

    fd_write(fd: number, vectors: number, count: number, out: number) {
      const write = printers.get(fd);
      if (!write) return BADF;
      const data = view();
      let written = 0;
      for (let at = vectors; at < vectors + 8 * count; at += 8) {
        const size = data.getUint32(at + 4, true);
        write(bytes(data.getUint32(at, true), size));
        written += size;
      }
      data.setUint32(out, written, true);
      return OK;
    },

    /**
     * Reports every awaited clock as due at once, because nothing here may block: a sleeping goroutine looks at the
     * clock and asks again.
     */
    poll_oneoff(subscriptions: number, events: number, count: number, out: number) {
      const data = view();
      for (let i = 0; i < count; i++) {
        const from = subscriptions + i * SUBSCRIPTION;
        const to = events + i * EVENT;
        const type = data.getUint8(from + 8);
        bytes(to, EVENT).fill(0);
        data.setBigUint64(to, data.getBigUint64(from, true), true);
        data.setUint16(to + 8, type === 0 ? OK : BADF, true);
        data.setUint8(to + 10, type);
      }
      data.setUint32(out, count, true);
      return OK;
    },

    proc_exit(code: number) {
      throw new Exit(code);
    },

    // Asked for only by programs that link package os.
    fd_close: noDescriptor,
    fd_fdstat_get: noDescriptor,
    fd_fdstat_set_flags: noDescriptor,
    fd_prestat_dir_name: noDescriptor,
    fd_prestat_get: noDescriptor,
  };

  return {
    imports: { wasi_snapshot_preview1 },
    initialize(instance) {
      const { memory: exported, _initialize: start } = instance.exports;
      // What each reactor exports.
      if (!(exported instanceof WebAssembly.Memory) || typeof start !== "function") throw new TypeError("no WASI reactor");
      memory = exported;
      start();
    },
  };
}

/** Go writes a panic in many small pieces; this puts the lines together again. */
function linePrinter(print: (line: string) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder();
  let pending = "";
  return (chunk) => {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split("\n");
    pending = lines.pop() ?? "";
    lines.forEach(print);
  };
}
