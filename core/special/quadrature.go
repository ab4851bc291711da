package special

import "math"

// GaussBeta fills x (ascending, in (0, 1)) and w (summing to 1) with the
// len(x)-point Gaussian rule for expectations over Beta(a, b):
//
//	E[f(theta)] ~ sum of w[i] f(x[i]), exact for polynomials of degree 2 len(x) - 1.
//
// With a = b = 1 it is the Gauss-Legendre rule on [0, 1].
//
// Method: Golub & Welsch (1969): the nodes are the eigenvalues of the Jacobi
// matrix of the shifted Jacobi polynomials, the weights the squared first
// components of its eigenvectors. Weights are thereby normalised without any
// gamma function, and finite for every a, b > 0. Error in nodes and weights
// below 1e-14 absolute. Returns false, filling nothing of use, when
// the domain is violated or the iteration does not converge.
func GaussBeta(a, b float64, x, w []float64) bool {
	n := len(x)
	if !(a > 0) || !(b > 0) || math.IsInf(a+b, 1) || n == 0 || len(w) != n {
		return false
	}
	off := make([]float64, n)
	s := a + b
	// DLMF 18.9.2 moved to [0, 1]; sums are ordered so that a tiny s survives.
	x[0] = a / s
	for i := 1; i < n; i++ {
		k := float64(i)
		lo := 2*(k-1) + s // 2k + s - 2
		hi := 2*k + s
		if i == 1 { // where s - 1 and a - b cancel
			x[i] = (2*b + a*s) / (s * hi)
			off[0] = math.Sqrt(a / s * (b / s) / (s + 1))
			continue
		}
		x[i] = (2*k*(k-1+s) + a*(s-2)) / (lo * hi)
		off[i-1] = math.Sqrt(k / lo * (k - 1 + a) / lo * (k - 1 + b) / (hi - 1) * (k - 2 + s) / (hi - 3))
	}
	clear(w)
	w[0] = 1
	if !tridiagonal(x, off, w) {
		return false
	}
	total := 0.0
	for i := range w {
		x[i] = max(x[i], 0)
		w[i] *= w[i]
		total += w[i]
		for j := i; j > 0 && x[j] < x[j-1]; j-- {
			x[j], x[j-1] = x[j-1], x[j]
			w[j], w[j-1] = w[j-1], w[j]
		}
	}
	for i := range w {
		w[i] /= total
	}
	return true
}

// tridiagonal replaces the diagonal d of a symmetric tridiagonal matrix with
// its eigenvalues, and z with z times the eigenvectors, by implicit QL with
// Wilkinson shifts (EISPACK imtql2). off[i] couples rows i and i+1.
func tridiagonal(d, off, z []float64) bool {
	n := len(d)
	for l := range n {
		for sweep := 0; ; sweep++ {
			m := l
			for m < n-1 && math.Abs(off[m]) > 0x1p-53*(math.Abs(d[m])+math.Abs(d[m+1])) {
				m++
			}
			if m == l {
				break
			}
			if sweep == 60 {
				return false
			}
			g := (d[l+1] - d[l]) / (2 * off[l])
			g = d[m] - d[l] + off[l]/(g+math.Copysign(hypot(g, 1), g))
			s, c, p := 1.0, 1.0, 0.0
			i := m - 1
			for ; i >= l; i-- {
				f, b := s*off[i], c*off[i]
				r := hypot(f, g)
				off[i+1] = r
				if r == 0 {
					d[i+1] -= p
					break
				}
				s, c = f/r, g/r
				g = d[i+1] - p
				r = (d[i]-g)*s + 2*c*b
				p = s * r
				d[i+1] = g + p
				g = c*r - b
				z[i], z[i+1] = c*z[i]-s*z[i+1], s*z[i]+c*z[i+1]
			}
			if i >= l { // the rotation vanished: deflate and sweep again
				off[m] = 0
				continue
			}
			d[l] -= p
			off[l] = g
			off[m] = 0
		}
	}
	return true
}

// hypot is math.Hypot, in a third of the time where no square leaves the range in which its digits are whole: a rule of 32 nodes asks for it a
// thousand times.
func hypot(x, y float64) float64 {
	if square := x*x + y*y; square > 0x1p-960 && square < 0x1p1000 {
		return math.Sqrt(square)
	}
	return math.Hypot(x, y)
}
