package contract

import (
	"encoding/json"
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
			Properties struct{ FunctionCode string }
		}
		Distribution struct {
			Properties struct {
				DistributionConfig struct {
					DefaultCacheBehavior behaviour
					CacheBehaviors       []behaviour
				}
			}
		}
	}
}

type behaviour struct{ PathPattern, TargetOriginId, ResponseHeadersPolicyId string }

// A policy is a response headers policy.
type policy struct {
	Properties struct {
		ResponseHeadersPolicyConfig struct {
			SecurityHeadersConfig struct {
				ContentSecurityPolicy   *struct{ ContentSecurityPolicy string }
				ContentTypeOptions      *struct{ Override bool }
				FrameOptions            *struct{ FrameOption string }
				ReferrerPolicy          *struct{ ReferrerPolicy string }
				StrictTransportSecurity *struct{ AccessControlMaxAgeSec string }
			}
			CustomHeadersConfig struct {
				Items []struct{ Header, Value string }
			}
		}
	}
}

// headers are what the policy adds.
func (p policy) headers() http.Header {
	list, config := http.Header{}, p.Properties.ResponseHeadersPolicyConfig
	security := config.SecurityHeadersConfig
	if security.ContentSecurityPolicy != nil {
		list.Set("Content-Security-Policy", security.ContentSecurityPolicy.ContentSecurityPolicy)
	}
	if security.ContentTypeOptions != nil {
		list.Set("X-Content-Type-Options", "nosniff")
	}
	if security.FrameOptions != nil {
		list.Set("X-Frame-Options", security.FrameOptions.FrameOption)
	}
	if security.ReferrerPolicy != nil {
		list.Set("Referrer-Policy", security.ReferrerPolicy.ReferrerPolicy)
	}
	if security.StrictTransportSecurity != nil {
		list.Set("Strict-Transport-Security", "max-age="+security.StrictTransportSecurity.AccessControlMaxAgeSec)
	}
	for _, item := range config.CustomHeadersConfig.Items {
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
	var policies struct{ Resources map[string]policy }
	if err := yaml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	_ = yaml.Unmarshal(text, &policies) // other resources are of other shapes
	said := runFunction(t, d.Resources.SitePaths.Properties.FunctionCode, list)
	objects := objectHeaders(t, folder)
	return func(r request) answer {
		uri, _, _ := strings.Cut(r.target, "?")
		ruled := d.Resources.Distribution.Properties.DistributionConfig
		chosen := ruled.DefaultCacheBehavior
		for _, b := range ruled.CacheBehaviors {
			if matches(b.PathPattern, uri) {
				chosen = b
				break
			}
		}
		a := answer{request: r, status: http.StatusOK, header: policies.Resources[chosen.ResponseHeadersPolicyId].headers()}
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
