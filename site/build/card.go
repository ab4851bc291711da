package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"slices"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The size of the picture that stands beside a link, and its margin, in pixels: 1200 by 630 is what chats and networks cut none of.
const (
	cardWidth, cardHeight = 1200, 630
	cardMargin            = 80
)

// The colours of styles/tokens.css on light paper.
var (
	paper  = color.RGBA{0xfb, 0xf9, 0xf5, 0xff}
	ink    = color.RGBA{0x1d, 0x1b, 0x18, 0xff}
	quiet  = color.RGBA{0x65, 0x5f, 0x55, 0xff}
	accent = color.RGBA{0x14, 0x61, 0x4f, 0xff}
)

// A card is what the picture beside a link says.
type card struct {
	Title        string // the page's question
	Name, Figure string // of its computed example; empty for a page without
}

// spaces are those that figures are written with and the font has not.
var spaces = strings.NewReplacer("\u202f", "\u00a0", "\u2009", "\u00a0", "\u200f", "", "\u200e", "")

// spaced is the card with the font's spaces.
func (c card) spaced() card {
	return card{spaces.Replace(c.Title), spaces.Replace(c.Name), spaces.Replace(c.Figure)}
}

// says is what can be read on a card, in the order in which it stands there.
func (c card) says() string {
	return strings.Join(slices.DeleteFunc([]string{c.Title, c.Figure, c.Name}, func(s string) bool { return s == "" }), " ")
}

// A painter draws cards. Its letters are those of Go's fonts: Latin, Greek and Cyrillic.
type painter struct {
	regular, bold *opentype.Font
	blank         *image.RGBA // what all cards have: paper, the mark and the name
	painted       map[card]picture
}

// A picture is a card that was drawn, and what it says.
type picture struct {
	body []byte
	says string
}

func newPainter() (p painter, err error) {
	if p.regular, err = opentype.Parse(goregular.TTF); err != nil {
		return p, err
	}
	if p.bold, err = opentype.Parse(gobold.TTF); err != nil {
		return p, err
	}
	p.painted = map[card]picture{}
	p.blank = image.NewRGBA(image.Rect(0, 0, cardWidth, cardHeight))
	draw.Draw(p.blank, p.blank.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	glass(p.blank, cardMargin-14, cardMargin-8, 64) // its plates begin 7 of 32 units further in
	_, err = p.write(p.blank, "Hourglass", p.regular, 38, cardMargin+60, cardMargin+38, ink)
	return p, err
}

// can tells whether the font has all letters of the texts.
func (p painter) can(texts ...string) bool {
	for _, r := range strings.Join(texts, "") {
		if i, err := p.regular.GlyphIndex(nil, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// paint draws a card, and says what it drew: once, where the English one stands in for those of other languages.
func (p painter) paint(c card) (body []byte, says string, err error) {
	done, ok := p.painted[c]
	if !ok {
		if done.body, done.says, err = p.draw(c); err == nil {
			p.painted[c] = done
		}
	}
	return done.body, done.says, err
}

// draw draws a card. A title that takes more than three lines is an error: it would be cut.
func (p painter) draw(c card) (body []byte, says string, err error) {
	var drawn []string
	img := &image.RGBA{Pix: slices.Clone(p.blank.Pix), Stride: p.blank.Stride, Rect: p.blank.Rect}
	y := 260
	for _, line := range p.lines(c.Title, p.bold, 62) {
		if _, err := p.write(img, line, p.bold, 62, cardMargin, y, ink); err != nil {
			return nil, "", fmt.Errorf("%q: %w", c.Title, err)
		}
		drawn = append(drawn, line)
		y += 76
	}
	if y > 260+3*76 {
		return nil, "", fmt.Errorf("%q takes more than three lines", c.Title)
	}
	width, err := p.write(img, c.Figure, p.bold, 76, cardMargin, cardHeight-cardMargin, accent)
	if err != nil {
		return nil, "", err
	}
	if c.Figure == "" {
		width = -28
	} else {
		drawn = append(drawn, c.Figure)
	}
	if _, err := p.write(img, c.Name, p.regular, 32, cardMargin+width+28, cardHeight-cardMargin, quiet); err != nil {
		return nil, "", err
	}
	if c.Name != "" {
		drawn = append(drawn, c.Name)
	}
	says = strings.Join(drawn, " ")
	body, err = encoded(img)
	return described(body, says), says, err
}

// descriptionOf begins the chunk of a PNG that says what can be seen: its name, and that the text is neither compressed nor in a language.
const descriptionOf = "iTXtDescription\x00\x00\x00\x00\x00"

// described is a PNG that says in words what can be seen, before its end.
func described(picture []byte, says string) []byte {
	end := len(picture) - 12 // the length, name and sum of the last chunk
	if end < 0 {
		return picture
	}
	chunk := descriptionOf + says
	out := slices.Clone(picture[:end])
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-len("iTXt")))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(chunk)))
	return append(out, picture[end:]...)
}

// lines breaks a text so that each line fits between the margins.
func (p painter) lines(text string, f *opentype.Font, size float64) (lines []string) {
	face := faceOf(f, size)
	for word := range strings.FieldsSeq(text) {
		last := len(lines) - 1
		if last >= 0 && font.MeasureString(face, lines[last]+" "+word).Ceil() <= cardWidth-2*cardMargin {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// write writes a line with its foot at y, and returns its width. One that reaches into the margin is an error.
func (p painter) write(img draw.Image, text string, f *opentype.Font, size float64, x, y int, c color.Color) (int, error) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: faceOf(f, size), Dot: fixed.P(x, y)}
	width := d.MeasureString(text).Ceil()
	if x+width > cardWidth-cardMargin/2 {
		return 0, fmt.Errorf("%q does not fit into a card", text)
	}
	d.DrawString(text)
	return width, nil
}

func faceOf(f *opentype.Font, size float64) font.Face {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // of a size that is none
	}
	return face
}

// glass draws the mark of assets/favicon.svg, 32 units high, at a place in a height.
func glass(img draw.Image, x, y, height int) {
	r := vector.NewRasterizer(cardWidth, cardHeight)
	scale := float32(height) / 32
	at := func(ux, uy float32) (float32, float32) { return float32(x) + ux*scale, float32(y) + uy*scale }
	move := func(ux, uy float32) { r.MoveTo(at(ux, uy)) }
	line := func(ux, uy float32) { r.LineTo(at(ux, uy)) }
	curve := func(bx, by, cx, cy float32) {
		px, py := at(bx, by)
		qx, qy := at(cx, cy)
		r.QuadTo(px, py, qx, qy)
	}
	fill := func(c color.Color) {
		r.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{})
		r.Reset(cardWidth, cardHeight)
	}
	move(11.5, 10)
	line(20.5, 10)
	curve(19, 14, 16, 16)
	curve(13, 14, 11.5, 10)
	r.ClosePath()
	move(9, 27)
	line(9, 25)
	curve(11, 21, 16, 20.5)
	curve(21, 21, 23, 25)
	line(23, 27)
	r.ClosePath()
	fill(accent)
	const half = 1.2 // of a stroke's width
	for _, plate := range []float32{3.5, 28.5} {
		move(7, plate-half)
		line(25, plate-half)
		line(25, plate+half)
		line(7, plate+half)
		r.ClosePath()
		fill(ink)
	}
	// A bulb's wall goes in to the neck and out again; its other side is as far from it as a stroke is wide.
	for _, side := range []float32{-1, 1} {
		wall := func(off float32) (a, neck float32) { return 16 + side*(7+off), 16 + side*(0.8+off) }
		outer, neckOut := wall(half)
		inner, neckIn := wall(-half)
		move(outer, 3.5)
		curve(outer, 13, neckOut, 16)
		curve(outer, 19, outer, 28.5)
		line(inner, 28.5)
		curve(inner, 19, neckIn, 16)
		curve(inner, 13, inner, 3.5)
		r.ClosePath()
		fill(ink)
	}
}

// icon draws the mark alone on paper, as the home screen of a phone shows it.
func icon(size int) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	height := size * 5 / 8 // within the circle that a phone may cut out
	glass(img, (size-height)/2, (size-height)/2, height)
	return encoded(img)
}

// encoded is the picture as a PNG of few colours, a quarter of the size: those of paper, and 62 steps from paper to each of the others.
func encoded(img *image.RGBA) ([]byte, error) {
	palette := color.Palette{paper}
	const steps = 62
	mixed := func(a, b uint8, i int) uint8 { return uint8((int(a)*(steps-i) + int(b)*i) / steps) }
	for _, c := range []color.RGBA{ink, quiet, accent} {
		for i := 1; i <= steps; i++ {
			palette = append(palette, color.RGBA{mixed(paper.R, c.R, i), mixed(paper.G, c.G, i), mixed(paper.B, c.B, i), 0xff})
		}
	}
	few := image.NewPaletted(img.Rect, palette)
	nearest := map[color.RGBA]uint8{}
	last := paper // most pixels are like the one before
	for i := range few.Pix {
		c := color.RGBA{img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3]}
		if c == last && i > 0 {
			few.Pix[i] = few.Pix[i-1]
			continue
		}
		last = c
		index, ok := nearest[c]
		if !ok {
			index = uint8(palette.Index(c))
			nearest[c] = index
		}
		few.Pix[i] = index
	}
	var out bytes.Buffer
	err := png.Encode(&out, few) // the best compression takes twelve times as long on wide paper, and 8 % off
	return out.Bytes(), err
}
