import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { HEIGHT, type EventMessage, isMessage, isEvent } from "../widget/protocol.ts";

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
  static override styles = css`
    :host { display: block; position: relative; }
    iframe { display: block; inline-size: 100%; border: 0; color-scheme: normal; }
    iframe[data-coming] { position: absolute; inset: 0; visibility: hidden; }
    p { margin: 1.5rem; }
  `;

  @property({ attribute: false }) src = "";
  @property({ attribute: false }) label = "";
  @property({ attribute: false }) failure = "";
  @state() failed = false;

  #coming: HTMLIFrameElement | null = null;
  #later: ReturnType<typeof setTimeout> | undefined = undefined;
  #late: ReturnType<typeof setTimeout> | undefined = undefined;

  override connectedCallback() {
    super.connectedCallback();
    addEventListener("message", this.#hear);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("message", this.#hear);
    clearTimeout(this.#later);
    clearTimeout(this.#late);
  }

  override updated(changed: Map<PropertyKey, unknown>) {
    if (!changed.has("src") || !this.src) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#load(), this.#coming || this.#shown ? REST : 0);
  }

  /** The frame that is seen. */
  get #shown(): HTMLIFrameElement | null {
    return this.renderRoot.querySelector("iframe:not([data-coming])");
  }

  #load() {
    this.#coming?.remove();
    const frame = document.createElement("iframe");
    frame.src = this.src;
    frame.title = this.label;
    frame.toggleAttribute("data-coming", true);
    this.renderRoot.append(frame);
    this.#coming = frame;
    clearTimeout(this.#late);
    this.#late = setTimeout(() => (this.failed = true), PATIENCE);
  }

  #hear = ({ source, origin, data }: MessageEvent) => {
    const frame = [...this.renderRoot.querySelectorAll("iframe")].find((f) => f.contentWindow === source);
    if (!frame || origin !== location.origin || !isMessage(data)) return;
    if (data.type === HEIGHT) frame.style.blockSize = `${data.height}px`;
    if (frame === this.#coming && isEvent(data)) this.#show(frame, data.type);
  };

  #show(frame: HTMLIFrameElement, type: EventMessage["type"]) {
    if (type === "hourglass:error") this.failed = true;
    if (type !== "hourglass:ready") return;
    clearTimeout(this.#late);
    this.failed = false;
    this.#coming = null;
    this.#shown?.remove();
    frame.removeAttribute("data-coming");
    const sentence = frame.contentDocument?.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".sentence");
    this.dispatchEvent(new CustomEvent("embed:answer", { detail: sentence?.textContent?.trim() ?? "" }));
  }

  override render() {
    return this.failed ? html`<p role="status">${this.failure}</p>` : nothing;
  }
}

customElements.define("hourglass-embed-preview", HourglassEmbedPreview);
