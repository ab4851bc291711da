export * from "./catalogue-words.ts";
export { default } from "./catalogue-words.ts";
