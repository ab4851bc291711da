// What worker.ts takes from its platform, from Go's wasm_exec.js and from the build.

declare class Go {
	importObject: { gojs: Record<string, (...args: never[]) => unknown> };
	exited: boolean;
	run(instance: WebAssembly.Instance): Promise<void>;
}

declare module "cloudflare:workers" {
	export const env: Record<string, unknown>;
}

declare module "*.wasm" {
	const module: WebAssembly.Module;
	export default module;
}

declare var context: { env: Record<string, unknown>; binding: object } | undefined;
