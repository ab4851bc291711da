package main

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// browsers are those that know light-dark(), which the colours are written with.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "120"}, {Name: api.EngineSafari, Version: "17.5"},
}

// bundle makes one script and one stylesheet.
func (s *site) bundle() error {
	script, err := s.esbuild("app/page.mjs", s.styleAsText())
	if err != nil {
		return err
	}
	s.addAsset("page.js", script)
	style, err := s.esbuild("styles/page.css")
	if err != nil {
		return err
	}
	s.addAsset("page.css", style)
	return nil
}

func (s *site) esbuild(entry string, plugins ...api.Plugin) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(s.src, entry)},
		Bundle:            true,
		Format:            api.FormatESModule,
		Engines:           browsers,
		MinifyWhitespace:  s.prod,
		MinifyIdentifiers: s.prod,
		MinifySyntax:      s.prod,
		LegalComments:     api.LegalCommentsNone,
		Plugins:           plugins,
	})
	if err := firstError(result.Errors); err != nil {
		return nil, err
	}
	return result.OutputFiles[0].Contents, nil
}

// styleAsText lets a module import a stylesheet as text, bundled and minified like the others: an element adopts it.
func (s *site) styleAsText() api.Plugin {
	return api.Plugin{Name: "style-as-text", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `\.css$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			entry, err := filepath.Rel(s.absSrc(), args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			body, err := s.esbuild(entry)
			text := strings.TrimSpace(string(body))
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, err
		})
	}}
}

func (s *site) absSrc() string {
	abs, err := filepath.Abs(s.src)
	if err != nil {
		return s.src
	}
	return abs
}

func firstError(messages []api.Message) error {
	if len(messages) == 0 {
		return nil
	}
	return errors.New(strings.Join(api.FormatMessages(messages, api.FormatMessagesOptions{Kind: api.ErrorMessage}), "\n"))
}
