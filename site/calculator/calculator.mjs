export * from "./calculator.ts";
