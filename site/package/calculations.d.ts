/** The calculations' types: made by build.ts from the engine's declaration. What stands here is what holds for all of them. */
export type Calculations = Record<string, { input: object; result: object }>;
