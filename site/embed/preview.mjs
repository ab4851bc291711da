import { LitElement, css, html, nothing } from "lit";
import { EVENTS, HEIGHT, VERSION } from "../widget/protocol.mjs";

/** How long the options have to rest before the widget is loaded with them. */
const REST = 150;

/** How long it may take to load before it is said to have failed. */
const PATIENCE = 20_000;

/**
 * The widget in a frame of its own, as a visitor gets it: loaded anew with each change, and shown once it is ready, so
 * that nothing flickers.
 *
 * @fires embed:answer - detail: what the widget answers to the figures that it begins with
 */
class HourglassEmbedPreview extends LitElement {
  static properties = { src: { attribute: false }, label: { attribute: false }, failure: { attribute: false }, failed: { state: true } };

  static styles = css`
    :host { display: block; position: relative; }
    iframe { display: block; inline-size: 100%; border: 0; color-scheme: normal; }
    iframe[data-coming] { position: absolute; inset: 0; visibility: hidden; }
    p { margin: 1.5rem; }
  `;

  constructor() {
    super();
    this.src = "";
    this.label = "";
    this.failure = "";
    this.failed = false;
    /** @type {HTMLIFrameElement | null} */ this.coming = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.later = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.late = undefined;
    this.hear = (/** @type {MessageEvent} */ event) => this.#hear(event);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("message", this.hear);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("message", this.hear);
    clearTimeout(this.later);
    clearTimeout(this.late);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (!changed.has("src") || !this.src) return;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.#load(), this.coming || this.#shown ? REST : 0);
  }

  /** @returns {HTMLIFrameElement | null} the frame that is seen */
  get #shown() {
    return this.renderRoot.querySelector("iframe:not([data-coming])");
  }

  #load() {
    this.coming?.remove();
    const frame = document.createElement("iframe");
    frame.src = this.src;
    frame.title = this.label;
    frame.toggleAttribute("data-coming", true);
    this.renderRoot.append(frame);
    this.coming = frame;
    clearTimeout(this.late);
    this.late = setTimeout(() => (this.failed = true), PATIENCE);
  }

  /** @param {MessageEvent} event */
  #hear({ source, origin, data }) {
    const frame = [...this.renderRoot.querySelectorAll("iframe")].find((f) => f.contentWindow === source);
    if (!frame || origin !== location.origin || data?.version !== VERSION) return;
    if (data.type === HEIGHT) frame.style.blockSize = `${data.height}px`;
    if (frame === this.coming && EVENTS.includes(data.type)) this.#show(frame, data.type);
  }

  /** @param {HTMLIFrameElement} frame @param {string} type of the event with which it has come */
  #show(frame, type) {
    if (type === "hourglass:error") this.failed = true;
    if (type !== "hourglass:ready") return;
    clearTimeout(this.late);
    this.failed = false;
    this.coming = null;
    this.#shown?.remove();
    frame.removeAttribute("data-coming");
    const sentence = frame.contentDocument?.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".sentence");
    this.dispatchEvent(new CustomEvent("embed:answer", { detail: sentence?.textContent?.trim() ?? "" }));
  }

  render() {
    return this.failed ? html`<p role="status">${this.failure}</p>` : nothing;
  }
}

customElements.define("hourglass-embed-preview", HourglassEmbedPreview);
