package main

import (
	"hourglass/internal/gen/files"
	"hourglass/internal/layers"
)

// writeRooms draws which rooms of the site import which.
func writeRooms(out *files.Set) {
	rooms, err := layers.Rooms("site")
	if err != nil {
		out.Fail(err)
		return
	}
	modules, err := layers.SiteFiles("site")
	if err != nil {
		out.Fail(err)
		return
	}
	picture, err := layers.Draw(rooms, layers.Imports(modules))
	if err != nil {
		out.Fail(err)
		return
	}
	out.Add("docs/rooms_gen.svg", picture.SVG())
}
