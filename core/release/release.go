// Package release says which release this is. Everybody takes it from here: the engine's model files, the API and its
// documents, the spreadsheet add-in, the widget's npm package.
package release

// Version is three numbers, as semver.org has them. internal/publish raises it: `make release`.
const Version = "0.1.0"

// Numbers are the three, as a model file holds them.
func Numbers() (v [3]float64) {
	part := 0
	for _, c := range Version {
		if c == '.' {
			part++
			continue
		}
		v[part] = 10*v[part] + float64(c-'0')
	}
	return v
}
