// Package economics is the unit economics of a business: what is left of a sale, what a customer costs and may cost, what a
// change of price does, whether the base grows by itself. Each calculation is a closed form in a file of its own.
package economics
