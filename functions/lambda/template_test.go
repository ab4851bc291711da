package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"hourglass/functions/api"
)

// properties are those of each type of resource that the template may use, from the CloudFormation and SAM references.
var properties = map[string][]string{
	"AWS::Serverless::Function": {"CodeUri", "Handler", "Runtime", "Architectures", "MemorySize", "Timeout",
		"ReservedConcurrentExecutions", "Environment", "LoggingConfig", "FunctionUrlConfig"},
	"AWS::SNS::Topic": {"Subscription"},
	"AWS::CloudWatch::Alarm": {"AlarmDescription", "Namespace", "MetricName", "Dimensions", "Statistic", "ExtendedStatistic", "Period",
		"EvaluationPeriods", "Threshold", "ComparisonOperator", "TreatMissingData", "AlarmActions"},
	"AWS::Lambda::Permission":                {"FunctionName", "Action", "Principal", "InvokedViaFunctionUrl"},
	"AWS::Logs::LogGroup":                    {"RetentionInDays"},
	"AWS::S3::Bucket":                        {"PublicAccessBlockConfiguration", "OwnershipControls", "LifecycleConfiguration"},
	"AWS::S3::BucketPolicy":                  {"Bucket", "PolicyDocument"},
	"AWS::CloudFront::OriginAccessControl":   {"OriginAccessControlConfig"},
	"AWS::CloudFront::Function":              {"Name", "AutoPublish", "FunctionConfig", "FunctionCode"},
	"AWS::CloudFront::ResponseHeadersPolicy": {"ResponseHeadersPolicyConfig"},
	"AWS::CloudFront::CachePolicy":           {"CachePolicyConfig"},
	"AWS::CloudFront::Distribution":          {"DistributionConfig"},
}

// attributes are the values of a resource that !GetAtt may ask for.
var attributes = map[string][]string{
	"AWS::S3::Bucket":                      {"Arn", "RegionalDomainName"},
	"AWS::CloudFront::OriginAccessControl": {"Id"},
	"AWS::CloudFront::Function":            {"FunctionARN"},
	"AWS::CloudFront::Distribution":        {"DomainName"},
	"AWS::Lambda::Url":                     {"FunctionUrl"},
}

// A template is template.yaml, its tree and what a name in it can mean.
type template struct {
	tree  *yaml.Node
	types map[string]string // of resources, by name
	known []string          // parameters and pseudo parameters
}

func readTemplate(t *testing.T) template {
	t.Helper()
	text, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	one := template{tree: document.Content[0], types: map[string]string{},
		known: []string{"AWS::NoValue", "AWS::Partition", "AWS::AccountId", "AWS::StackName"}}
	for name := range members(at(one.tree, "Parameters")) {
		one.known = append(one.known, name)
	}
	for name, resource := range members(at(one.tree, "Resources")) {
		one.types[name] = at(resource, "Type").Value
	}
	one.types["ApiFunctionUrl"] = "AWS::Lambda::Url" // which SAM makes of FunctionUrlConfig
	return one
}

// members are the values of a mapping by their names.
func members(node *yaml.Node) map[string]*yaml.Node {
	list := map[string]*yaml.Node{}
	if node != nil && node.Kind == yaml.MappingNode {
		for i := 0; i < len(node.Content); i += 2 {
			list[node.Content[i].Value] = node.Content[i+1]
		}
	}
	return list
}

// at follows names down the tree; nil where one is missing.
func at(node *yaml.Node, names ...string) *yaml.Node {
	for _, name := range names {
		node = members(node)[name]
	}
	return node
}

// each visits a tree.
func each(node *yaml.Node, visit func(*yaml.Node)) {
	visit(node)
	for _, child := range node.Content {
		each(child, visit)
	}
}

func TestTemplateNamesOnlyWhatThereIs(t *testing.T) {
	one := readTemplate(t)
	for name, resource := range members(at(one.tree, "Resources")) {
		allowed, ok := properties[one.types[name]]
		if !ok {
			t.Errorf("%s: no type %s", name, one.types[name])
		}
		for property := range members(at(resource, "Properties")) {
			if !slices.Contains(allowed, property) {
				t.Errorf("%s: %s has no property %s", name, one.types[name], property)
			}
		}
	}
	variable := regexp.MustCompile(`\$\{([^}]+)\}`)
	conditions := members(at(one.tree, "Conditions"))
	each(one.tree, func(node *yaml.Node) {
		switch node.Tag {
		case "!Ref":
			one.reference(t, node.Value)
		case "!GetAtt":
			one.attribute(t, node.Value)
		case "!Sub":
			for _, found := range variable.FindAllStringSubmatch(node.Value, -1) {
				if strings.Contains(found[1], ".") {
					one.attribute(t, found[1])
				} else {
					one.reference(t, found[1])
				}
			}
		case "!If":
			if conditions[node.Content[0].Value] == nil {
				t.Errorf("line %d: no condition %s", node.Line, node.Content[0].Value)
			}
		case "!!merge":
			t.Errorf("line %d: CloudFormation knows no merges", node.Line)
		}
	})
}

func (one template) reference(t *testing.T, name string) {
	t.Helper()
	if one.types[name] == "" && !slices.Contains(one.known, name) {
		t.Errorf("!Ref %s: there is none", name)
	}
}

func (one template) attribute(t *testing.T, path string) {
	t.Helper()
	name, attribute, _ := strings.Cut(path, ".")
	if !slices.Contains(attributes[one.types[name]], attribute) {
		t.Errorf("!GetAtt %s: %s %q has no such attribute", path, name, one.types[name])
	}
}

func TestTemplateBuildsByMake(t *testing.T) {
	one := readTemplate(t)
	if method := at(one.tree, "Resources", "ApiFunction", "Metadata", "BuildMethod"); method == nil || method.Value != "makefile" {
		t.Error("the function is not built by make")
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(makefile), "\nbuild-ApiFunction:") {
		t.Error("the Makefile has no target build-ApiFunction, which sam build calls")
	}
}

// The paths that CloudFront sends to the API are those that the API owns.
func TestTemplateSendsTheApiWhatItOwns(t *testing.T) {
	one := readTemplate(t)
	var paths []string
	for _, behaviour := range at(one.tree, "Resources", "Distribution", "Properties", "DistributionConfig", "CacheBehaviors").Content {
		path := at(behaviour, "PathPattern").Value
		if at(behaviour, "TargetOriginId").Value != "api" {
			continue
		}
		paths = append(paths, path)
		if !api.Owns(strings.ReplaceAll(path, "*", "x")) {
			t.Errorf("the API does not own %s", path)
		}
	}
	slices.Sort(paths)
	if want := []string{"/healthz", "/mcp", "/mcp/", "/oembed", "/openapi.json", "/v1", "/v1/*"}; !slices.Equal(paths, want) {
		t.Errorf("%v for %v", paths, want)
	}
}

// CloudFront sends the headers that the server sends; Cache-Control is the objects'.
func TestTemplateSendsTheHeadersOfTheSite(t *testing.T) {
	one := readTemplate(t)
	for policy, file := range map[string]string{"Pages": "/index.html", "Widget": "/widget.html", "Office": "/sheets/excel/functions.html", "Customers": "/customers/index.html"} {
		want := map[string]string{}
		for _, h := range api.SiteHeaders(file) {
			if h.Name != "Cache-Control" {
				want[h.Name] = h.Value
			}
		}
		if got := sent(at(one.tree, "Resources", policy, "Properties", "ResponseHeadersPolicyConfig")); !maps.Equal(got, want) {
			t.Errorf("%s: %v for %v", policy, got, want)
		}
	}
}

// Each path of the site gets the headers that the server gives it, by the first pattern that it matches.
func TestTemplateSendsEachPathItsHeaders(t *testing.T) {
	one := readTemplate(t)
	behaviours := at(one.tree, "Resources", "Distribution", "Properties", "DistributionConfig", "CacheBehaviors").Content
	for file, want := range map[string]string{
		"/index.html": "Pages", "/docs/": "Pages", "/assets/page-1A2B3C4D.js": "Pages", "/widget.html": "Widget", "/embed/": "Pages",
		"/embed/v1.js": "Widget", "/sheets/google/hourglass.gs": "Widget", "/sheets/excel/functions.html": "Office", "/customers/": "Customers",
		"/pt-br/customers/worker-1A2B3C4D.js": "Customers", "/v1/customers/value": "",
	} {
		got := "Pages"
		for _, b := range behaviours {
			if matches(at(b, "PathPattern").Value, file) {
				got = "" // the API sends its own
				if policy := at(b, "ResponseHeadersPolicyId"); policy != nil {
					got = policy.Value
				}
				break
			}
		}
		if got != want {
			t.Errorf("%s: %s for %s", file, got, want)
		}
	}
}

// matches tells whether CloudFront's pattern, whose stars reach across slashes, is that of a path.
func matches(pattern, path string) bool {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$").MatchString(path)
}

// sent is what a response headers policy adds.
func sent(policy *yaml.Node) map[string]string {
	list := map[string]string{}
	for name, setting := range members(at(policy, "SecurityHeadersConfig")) {
		switch name {
		case "ContentSecurityPolicy":
			list["Content-Security-Policy"] = at(setting, name).Value
		case "ContentTypeOptions":
			list["X-Content-Type-Options"] = "nosniff"
		case "FrameOptions":
			list["X-Frame-Options"] = at(setting, "FrameOption").Value
		case "ReferrerPolicy":
			list["Referrer-Policy"] = at(setting, name).Value
		}
	}
	for _, item := range at(policy, "CustomHeadersConfig", "Items").Content {
		list[at(item, "Header").Value] = at(item, "Value").Value
	}
	return list
}
