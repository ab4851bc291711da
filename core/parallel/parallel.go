// Package parallel does pieces of work side by side where there are cores for it. TinyGo's modules have one thread: there the
// pieces are done one after the other, and nothing of a scheduler is linked.
//
// A piece writes to a place of its own and depends on no other, and the pieces are cut by the data, never by the number of workers: so the
// digits are the same for any number of them (docs/decisions/0020-two-cores.md).
package parallel
