package sample

// A Source is a generator of uniform draws with 64 bits of state, the same in every
// build. The zero value is a generator with seed 0.
//
// Method: SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014): equidistributed, period 2^64, any seed will do.
type Source struct{ state uint64 }

// NewSource returns a generator. Different seeds give unrelated sequences.
func NewSource(seed uint64) *Source { return &Source{seed} }

// Uint64 returns 64 random bits.
func (s *Source) Uint64() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uniform returns a draw from [0, 1), a multiple of 2^-53.
func (s *Source) Uniform() float64 { return float64(s.Uint64()>>11) * 0x1p-53 }
