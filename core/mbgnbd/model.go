package mbgnbd

import "hourglass/core/betageo"

// Model is what package customers knows of the model.
var Model = betageo.Model("mbgnbd", "MBG/NBD", betageo.MBG)
