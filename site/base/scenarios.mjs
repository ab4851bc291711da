export * from "./scenarios.ts";
