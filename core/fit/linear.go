package fit

import "math"

// norm is the Euclidean length.
func norm(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s = math.Hypot(s, v)
	}
	return s
}

func distance(x, y []float64) float64 {
	s := 0.0
	for i, v := range x {
		s = math.Hypot(s, v-y[i])
	}
	return s
}

// symmetrise averages a row-major n x n matrix with its transpose and reports
// whether it is finite.
func symmetrise(a []float64, n int) bool {
	for i := range n {
		for j := 0; j <= i; j++ {
			v := 0.5*a[i*n+j] + 0.5*a[j*n+i]
			if !(math.Abs(v) <= math.MaxFloat64) {
				return false
			}
			a[i*n+j], a[j*n+i] = v, v
		}
	}
	return true
}

// SymmetricEigen writes the eigenvalues of a symmetric row-major matrix in
// ascending order and its unit eigenvectors as the rows of vectors, which has
// the matrix's size. The matrix must be finite and is left alone.
//
// Method: cyclic Jacobi rotations (Golub & Van Loan, section 8.5): O(n^3) with a
// small constant for the dozen parameters of a model, and small eigenvalues
// keep their digits.
func SymmetricEigen(matrix, values, vectors []float64) {
	n := len(values)
	a := append([]float64(nil), matrix...)
	clear(vectors)
	for i := range n {
		vectors[i*n+i] = 1
	}
	for range 50 {
		rotated := false
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p*n+q]) > 1e-17*math.Sqrt(math.Abs(a[p*n+p]))*math.Sqrt(math.Abs(a[q*n+q])) {
					rotate(a, vectors, n, p, q)
					rotated = true
				}
			}
		}
		if !rotated {
			break
		}
	}
	for i := range n {
		values[i] = a[i*n+i]
		for j := i; j > 0 && values[j] < values[j-1]; j-- {
			values[j], values[j-1] = values[j-1], values[j]
			for k := range n {
				vectors[j*n+k], vectors[(j-1)*n+k] = vectors[(j-1)*n+k], vectors[j*n+k]
			}
		}
	}
}

// rotate makes a[p][q] zero by a rotation in the plane of p and q.
func rotate(a, vectors []float64, n, p, q int) {
	tau := (a[q*n+q] - a[p*n+p]) / (2 * a[p*n+q])
	t := math.Copysign(1/(math.Abs(tau)+math.Hypot(1, tau)), tau)
	c := 1 / math.Hypot(1, t)
	s := t * c
	for k := range n {
		a[k*n+p], a[k*n+q] = c*a[k*n+p]-s*a[k*n+q], s*a[k*n+p]+c*a[k*n+q]
	}
	for k := range n {
		a[p*n+k], a[q*n+k] = c*a[p*n+k]-s*a[q*n+k], s*a[p*n+k]+c*a[q*n+k]
		vectors[p*n+k], vectors[q*n+k] = c*vectors[p*n+k]-s*vectors[q*n+k], s*vectors[p*n+k]+c*vectors[q*n+k]
	}
	a[p*n+q], a[q*n+p] = 0, 0
}

// Cholesky writes the lower triangle L with L L' = matrix (row-major, symmetric;
// zeros above the diagonal) and reports whether the matrix is positive
// definite: what turns independent normal draws into draws of parameters.
func Cholesky(matrix, lower []float64, n int) bool {
	clear(lower)
	for i := range n {
		for j := 0; j <= i; j++ {
			s := matrix[i*n+j]
			for k := range j {
				s -= lower[i*n+k] * lower[j*n+k]
			}
			if i != j {
				lower[i*n+j] = s / lower[j*n+j]
				continue
			}
			if !(s > 0 && s <= math.MaxFloat64) {
				return false
			}
			lower[i*n+i] = math.Sqrt(s)
		}
	}
	return true
}
