package main

import (
	"bytes"
	"html/template"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	configuratorEntry = "embed/page.ts"
	configuratorPath  = "embed/"

	// previewEntry is the script of widget-host.html, the bare page in which the configurator shows the widget's script form.
	previewEntry = "embed/host.ts"
)

// bundleConfigurator makes what the configurator has besides its script: the page that hosts the widget's preview.
func (s *site) bundleConfigurator() error {
	script, err := s.script(api.BuildOptions{EntryPoints: []string{filepath.Join(s.src, previewEntry)}, Bundle: true, Format: api.FormatIIFE})
	if err != nil {
		return err
	}
	s.addAsset("widget-host.js", script)
	style, err := s.esbuild("styles/widget-host.css")
	if err != nil {
		return err
	}
	s.addAsset("widget-host.css", style)
	return nil
}

// A configurator is its page: what it says before its script runs.
type configurator struct {
	page
	Own map[string]string // its words
}

func (s *site) renderConfigurator() error {
	for _, l := range s.languages {
		base, err := page{site: s}.in(l, configuratorPath)
		if err != nil {
			return err
		}
		own, err := s.messages(l.Tag, "embed")
		if err != nil {
			return err
		}
		p := configurator{base, own}
		p.Title, p.Heading, p.Lede, p.Description = own["title"]+" – Hourglass", own["title"], own["lede"], own["lede"]
		modules := []string{configuratorEntry}
		if l.Tag != "en" {
			for _, part := range []string{"embed", "widget", "page", "catalogue"} {
				modules = append(modules, "messages/"+l.Tag+"/"+part+".gen.mjs")
			}
		}
		p.Parts = s.needed(modules[0], modules[1:]...)
		if err := s.render(l.folder()+configuratorPath+"index.html", "embed.html", p); err != nil {
			return err
		}
	}
	return s.renderHost()
}

// renderHost writes widget-host.html, which has nothing of the site around it.
func (s *site) renderHost() error {
	t, err := template.ParseFiles(filepath.Join(s.src, "pages", "widget-host.html"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	err = t.Execute(&out, page{site: s})
	s.files["widget-host.html"] = out.Bytes()
	return err
}
