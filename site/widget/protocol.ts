/**
 * What /widget.html and the page around it say to each other. Every message is { type, version, ... }.
 *
 *   hourglass:hello   page to widget: tell me where things stand; the widget learns the page's origin from it
 *   hourglass:height  widget to page: { height } in CSS pixels
 *   hourglass:ready, hourglass:change, hourglass:result, hourglass:interaction, hourglass:click, hourglass:error   widget to page: the details of the events of that name
 */
import type { HourglassEvents } from "./index.d.ts";

type Event = keyof HourglassEvents;

export const VERSION = 1;

export const HELLO = "hourglass:hello";
export const HEIGHT = "hourglass:height";
export const EVENTS = ["hourglass:ready", "hourglass:change", "hourglass:result", "hourglass:interaction", "hourglass:click", "hourglass:error"] as const satisfies readonly Event[];

/** Heights that a frame may be given. */
export const MAX_HEIGHT = 20_000;

type Detail<Name extends Event> = HourglassEvents[Name]["detail"];

/** What of an event goes to another page: of the results the single figures, of an error its words. */
export type EventMessage = { [Name in Event]: { type: Name } & Omit<Detail<Name>, "field" | "error"> & (Name extends "hourglass:error" ? { error: string } : unknown) }[Event];

export type Content = { type: typeof HELLO } | { type: typeof HEIGHT; height: number } | EventMessage;

export type Message = Content & { version: typeof VERSION };

/** Whether what came from another window is a message of this version. Its sender is for the listener to look at. */
export const isMessage = (data: { version?: unknown } | null | undefined): data is Message => data?.version === VERSION;

export const isEvent = (content: Content): content is EventMessage => EVENTS.some((name) => name === content.type);
