export * from "./axis.ts";
