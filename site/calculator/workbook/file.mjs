export * from "./file.ts";
