package catalogue

var economicsCalculations = []Calculation{}
