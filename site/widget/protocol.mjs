/**
 * What /widget.html and the page around it say to each other. Every message is { type, version, ... }.
 *
 *   hourglass:hello   page to widget: tell me where things stand; the widget learns the page's origin from it
 *   hourglass:height  widget to page: { height } in CSS pixels
 *   hourglass:ready, hourglass:change, hourglass:result, hourglass:error   widget to page: what the events of that name tell
 */
export const VERSION = 1;

export const HELLO = "hourglass:hello";
export const HEIGHT = "hourglass:height";
export const EVENTS = ["hourglass:ready", "hourglass:change", "hourglass:result", "hourglass:error"];

/** Heights that a frame may be given. */
export const MAX_HEIGHT = 20_000;
