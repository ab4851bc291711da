/**
 * Where inputs are many and their way through the code is one, a run takes some of them, and others at each commit: make gives the number of
 * the commit in TURN. TURN=all takes all (CONTRIBUTING.md, "Test one thing").
 */
const { TURN = "0" } = process.env;

export const ALL = TURN === "all";

/** How often it went round: a whole number from 0. */
export const turn = ALL ? 0 : Number(TURN);
if (!Number.isInteger(turn) || turn < 0) throw new Error(`TURN is “all” or a whole number from 0, not ${TURN}`);

/** The next n of a list at each turn, so that none is left out for long. */
export const inTurn = <T>(list: readonly T[], n: number): T[] => (ALL || n >= list.length ? [...list] : Array.from({ length: n }, (_, i) => list[(turn * n + i) % list.length]));

/** Every nth of a list with its place, beginning with another at each turn: of a list that goes from kind to kind some of each. */
export const everyNth = <T>(list: readonly T[], n: number): [number, T][] => [...list.entries()].filter(([i]) => ALL || i % n === turn % n);
