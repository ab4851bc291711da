export * from "./share.ts";
