package value

// An Extent is how much of a result is worked out. The decision tools, which want one figure of it ten thousand times,
// leave out the rest as far as it is dear.
type Extent uint8

const (
	Whole   Extent = iota // all
	Figures               // without the lists
	Quick                 // without the lists and the figures that take a search, tagged quick:"-"
)
