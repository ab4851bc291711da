// Remembers the memory of every WebAssembly instance that the modules imported after this one make.
/** @type {Set<WebAssembly.Memory>} */
export const memories = new Set();

/** @param {WebAssembly.Instance} instance Go names its memory mem, TinyGo memory */
function remember({ exports }) {
	memories.add(/** @type {WebAssembly.Memory} */ (exports.mem ?? exports.memory));
}

const { Instance, instantiate } = WebAssembly;
WebAssembly.Instance = class extends Instance {
	/** @param {[WebAssembly.Module, WebAssembly.Imports?]} rest */
	constructor(...rest) {
		super(...rest);
		remember(this);
	}
};
WebAssembly.instantiate = async (/** @type {[any, any]} */ ...rest) => {
	const made = await instantiate(...rest);
	remember(made.instance ?? made);
	return made;
};
