// Remembers the memory of every WebAssembly instance that the modules imported after this one make.
/** @type {Set<WebAssembly.Memory>} */
export const memories = new Set();

const Instance = WebAssembly.Instance;
WebAssembly.Instance = class extends Instance {
	/** @param {[WebAssembly.Module, WebAssembly.Imports?]} rest */
	constructor(...rest) {
		super(...rest);
		memories.add(/** @type {WebAssembly.Memory} */ (this.exports.mem));
	}
};
