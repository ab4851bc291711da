package customers

import "math"

// Concentration says how unequally something is spread over customers.
type Concentration struct {
	Total     float64
	Gini      float64      // 0 all equal, 1 - 1/n one has it all; 0 when nobody has any
	TopDecile float64      // share of the total that the best tenth of the customers has
	Curve     [101]float64 // share that the best i per cent have together
	Deciles   [10]float64  // sums of the tenths, best first, sizes as by Decile
	Quantiles [101]float64 // what i per cent of the customers stay below or reach, lowest first
}

// Concentrate describes values, none of them negative.
func Concentrate(values []float64) Concentration {
	var c Concentration
	n := len(values)
	if n == 0 {
		return c
	}
	order := descending(values)
	best := make([]float64, n+1) // sums of the best k
	weighted := 0.0
	for k, i := range order {
		v := values[i]
		best[k+1] = best[k] + v
		weighted += float64(n-k) * v
		c.Deciles[Decile(uint32(k)+1, uint32(n))-1] += v
	}
	c.Total = best[n]
	for i := range c.Quantiles {
		c.Quantiles[i] = values[order[n-1-int(math.Round(float64(i)/100*float64(n-1)))]]
	}
	if !(c.Total > 0 && c.Total <= math.MaxFloat64) {
		c.Total = finite(c.Total)
		return c
	}
	// Gini = 2 sum of rank times value / (n total) - (n+1)/n, ranks from the lowest.
	c.Gini = max(0, (2*weighted/c.Total-float64(n)-1)/float64(n))
	for i := range c.Curve {
		c.Curve[i] = share(best, float64(i)/100)
	}
	c.TopDecile = share(best, 0.1)
	return c
}

// share interpolates between customers.
func share(best []float64, part float64) float64 {
	n := len(best) - 1
	at := part * float64(n)
	k := min(int(at), n-1)
	return (best[k] + (at-float64(k))*(best[k+1]-best[k])) / best[n]
}
