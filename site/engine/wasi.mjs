export * from "./wasi.ts";
