package bgnbd

import "hourglass/core/betageo"

// Model is what package customers knows of the model.
var Model = betageo.Model("bgnbd", "BG/NBD", betageo.BG)
