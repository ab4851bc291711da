package contract

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// A distribution is what template.yaml says of CloudFront.
type distribution struct {
	Resources struct {
		SitePaths struct {
			Properties struct {
				FunctionCode string `yaml:"FunctionCode"`
			} `yaml:"Properties"`
		} `yaml:"SitePaths"`
		Distribution struct {
			Properties struct {
				Config struct {
					Default    behaviour   `yaml:"DefaultCacheBehavior"`
					Behaviours []behaviour `yaml:"CacheBehaviors"`
				} `yaml:"DistributionConfig"`
			} `yaml:"Properties"`
		} `yaml:"Distribution"`
	} `yaml:"Resources"`
}

type behaviour struct {
	Pattern string `yaml:"PathPattern"`
	Policy  string `yaml:"ResponseHeadersPolicyId"`
}

// A policy is a response headers policy.
type policy struct {
	Properties struct {
		Config struct {
			Security map[string]map[string]string `yaml:"SecurityHeadersConfig"`
			Custom   struct {
				Items []struct {
					Header string `yaml:"Header"`
					Value  string `yaml:"Value"`
				} `yaml:"Items"`
			} `yaml:"CustomHeadersConfig"`
		} `yaml:"ResponseHeadersPolicyConfig"`
	} `yaml:"Properties"`
}

// headers are what the policy adds.
func (p policy) headers() http.Header {
	list := http.Header{}
	for name, setting := range p.Properties.Config.Security {
		switch name {
		case "ContentSecurityPolicy":
			list.Set("Content-Security-Policy", setting[name])
		case "ContentTypeOptions":
			list.Set("X-Content-Type-Options", "nosniff")
		case "FrameOptions":
			list.Set("X-Frame-Options", setting["FrameOption"])
		case "ReferrerPolicy":
			list.Set("Referrer-Policy", setting[name])
		case "StrictTransportSecurity":
			list.Set("Strict-Transport-Security", "max-age="+setting["AccessControlMaxAgeSec"])
		}
	}
	for _, item := range p.Properties.Config.Custom.Items {
		list.Set(item.Header, item.Value)
	}
	return list
}

// cloudFront answers as the distribution of template.yaml would: its function runs in Node, its behaviours choose the policy
// by the address, and the objects of the bucket carry what deploy.sh gives them.
func cloudFront(t *testing.T, folder string, list []string) func(request) answer {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "template.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var d distribution
	var resources struct {
		All map[string]yaml.Node `yaml:"Resources"`
	}
	if err := errors.Join(yaml.Unmarshal(text, &d), yaml.Unmarshal(text, &resources)); err != nil {
		t.Fatal(err)
	}
	said := runFunction(t, d.Resources.SitePaths.Properties.FunctionCode, list)
	objects := objectHeaders(t, folder)
	return func(r request) answer {
		uri, _, _ := strings.Cut(r.target, "?")
		ruled := d.Resources.Distribution.Properties.Config
		chosen := ruled.Default
		for _, b := range ruled.Behaviours {
			if matches(b.Pattern, uri) {
				chosen = b
				break
			}
		}
		var p policy
		node := resources.All[chosen.Policy]
		if err := node.Decode(&p); err != nil {
			t.Fatal(err)
		}
		a := answer{request: r, status: http.StatusOK, header: p.headers()}
		if one := said[r.target]; one.StatusCode != 0 {
			a.status = one.StatusCode
			a.header.Set("Location", one.Headers["location"].Value)
			return a
		}
		file := strings.TrimPrefix(said[r.target].URI, "/")
		if _, ok := objects[file]; !ok {
			file, a.status = "404.html", http.StatusNotFound
		}
		for name, value := range objects[file] {
			a.header.Set(name, value)
		}
		body, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Error(err)
		}
		a.body = string(body)
		return a
	}
}

// matches tells whether CloudFront's pattern, whose stars reach across slashes, is that of a path.
func matches(pattern, path string) bool {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$").MatchString(path)
}

// A verdict is what a CloudFront function returns: a request or an answer.
type verdict struct {
	URI        string
	StatusCode int
	Headers    map[string]struct{ Value string }
}

// runFunction runs a CloudFront function on each address.
func runFunction(t *testing.T, code string, list []string) map[string]verdict {
	t.Helper()
	script := code + `
const list = JSON.parse(require("fs").readFileSync(0, "utf8")), said = {};
for (const address of list) {
  const [uri, query] = address.split("?"), querystring = {};
  for (const part of query ? query.split("&") : []) querystring[part.split("=")[0]] = { value: part.split("=")[1] };
  said[address] = handler({ request: { method: "GET", uri, querystring, headers: {} } });
}
console.log(JSON.stringify(said));`
	input, _ := json.Marshal(list) // strings
	command := exec.Command("node", "-e", script)
	command.Stdin = strings.NewReader(string(input))
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]verdict
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	return said
}

// objectHeaders are the headers of the objects in the bucket, by their names, as deploy.sh gives them.
func objectHeaders(t *testing.T, folder string) map[string]map[string]string {
	t.Helper()
	command := exec.Command("go", "run", "./functions/lambda/objects", folder)
	command.Dir = root(t)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]map[string]string{}
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		list[parts[0]] = map[string]string{"Cache-Control": parts[1], "Content-Type": parts[2]}
	}
	return list
}
