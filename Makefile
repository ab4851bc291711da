# Hourglass. `make help` lists the targets.
#
# Nothing here keeps state outside build/, dist/, node_modules/ and the toolchain's cache (wasm/toolchain/README.md).

PORT ?= 8080
tools := wasm/toolchain
# The sources that the engine and the site are made of, so that a second make has nothing to do.
go_sources := $(shell find core wasm -name '*.go' -not -name '*_test.go')
# The docs and the spreadsheets' functions are part of the site. What the tests need is not: installed beside the first build, it would ask for another.
site_sources := $(shell find site docs functions/sheets \( -name node_modules -o -name test -o -path site/lighthouse -o -path functions/sheets/readers \) -prune -o -type f -not -name '*.test.ts' -not -name '*.gen.*' -print) functions/api/openapi_gen.json functions/api/samples_gen.json

# What only the site's build needs is generated and not committed: words as modules, the catalogue. One of these files stands for all.
generated := site/base/catalogue.gen.mjs
generated_from := $(filter-out %.gen.json %_gen.go %_test.go,$(wildcard site/messages/*.mjs site/messages/*.ts site/messages/translated.json site/messages/*/*.json) site/scenarios.json \
	$(wildcard $(patsubst %,core/%/*.go,boundary catalogue customers decide economics growth notice predict retention value) internal/gen/*/*.go))

# The engine's modules beside the first, each the command in its folder of wasm/: those of calculations, and the customers'.
page_parts := growth levers economics bases
parts := $(page_parts) customers
# Each by either compiler: the files, those of the pages of calculations, and where the builder of the site and that of the workbooks find them.
modules_of = build/$1.wasm $(parts:%=build/%-$1.wasm)
page_modules_of = build/$1.wasm $(page_parts:%=build/%-$1.wasm)
engine_flags = -engine build/$1.wasm $(foreach part,$(parts),-$(part) build/$(part)-$1.wasm)
workbook_flags = --module calculator=build/$1.wasm $(foreach part,$(page_parts),--module $(part)=build/$(part)-$1.wasm)
tinygo_modules := $(call modules_of,tinygo)
go_modules := $(call modules_of,go)
# The site of `make run`, with the engine by TinyGo where TinyGo is at hand, by Go otherwise.
site := build/site
# A TinyGo that was found once is there for every make that this one starts, some forty in a test; one that is missing may be installed by then.
ifneq ($(compiler),tinygo)
compiler := $(shell if $(tools)/tinygo.sh path >/dev/null; then echo tinygo; else echo go; fi)
endif
ifeq ($(compiler),tinygo)
export compiler
endif
page_modules := $(call page_modules_of,$(compiler))

# One way to compile Go, whatever for: a package is compiled once, and a second clone on the machine finds it.
ifeq (,$(findstring -trimpath,$(GOFLAGS)))
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)
endif
# The production site, and where it will stand. A server of one's own sends what was compressed before; Cloudflare and CloudFront compress
# by themselves, and take no such copies.
ORIGIN ?=
compress := -compress
# Where its source stands: the foot of each page leads there.
SOURCE ?=
# The languages of its workbooks.
WORKBOOKS ?= $(shell sed -n 's/.*"code": "\([^"]*\)".*/\1/p' site/languages.json)
all_workbooks := $(filter-out build/workbooks/en.made,$(WORKBOOKS:%=build/workbooks/%.made)) build/workbooks/en.made
deploy-worker deploy-lambda: compress :=
prod := -prod $(call engine_flags,tinygo)
prod_from := $(tinygo_modules) $(site_sources) $(generated) node_modules/.package-lock.json
production := go run ./site/build $(prod) -workbooks build/workbooks
# What make deploy-worker takes. A dry run may take the production site that is there: DIST=build/prod.
DIST := dist

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## what each target does
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: run
run: $(site)/index.html build/server ## page and API on http://127.0.0.1:8080 (PORT overrides); needs Go and Node
	PORT=$(PORT) build/server -site $(site)

.PHONY: dev
dev: node_modules/.package-lock.json ## the same, built again and reloaded at each change; the engine by Go's compiler, in seconds
	PORT=$(PORT) go run ./internal/dev

# Four parts at a time, each part's output in one piece where make can do that (4.0): on two cores one of them always waits, for a
# page, for LibreOffice or for a process to start. The longest come first, and what they wait for is there before: built beside them, it
# lets the short ones in, and the browsers begin nine minutes late. A part that only computes gives way to those where a page, a
# person's patience in it or LibreOffice wait for the processor: it fills what they leave.
together := --no-print-directory -j4 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
aside := nice -n 5
.PHONY: test
test: tools ## every test; installs what it needs (TinyGo, Chromium, Firefox, WebKit)
	$(MAKE) $(together) $(site)/index.html build/prod/index.html build/server sheet-programs
	$(MAKE) $(together) test-parts

# Where inputs are many and their way through the code is one, a run takes some, and others at each commit. TURN=all takes all.
ifndef TURN
TURN := $(shell git rev-list --count HEAD 2>/dev/null || echo 0)
endif
export TURN

.PHONY: test-parts
test-parts: test-workbooks test-browser test-functions test-edge test-go test-clients lint test-wasm wasm test-firefox test-webkit test-unit test-sql test-pipeline

.PHONY: tools tinygo
tools: node_modules/.package-lock.json tinygo ## install what the tests need
	$(tools)/chromium.sh --fonts >/dev/null
	$(tools)/firefox.sh >/dev/null
	! type apt-get >/dev/null 2>&1 || $(tools)/webkit.sh >/dev/null

tinygo: ## install TinyGo alone
	$(tools)/tinygo.sh install >/dev/null

# TypeScript's checkers are four unless one is told, and each works out for itself what the others have: a third more of the processor, which
# other parts of make test would have.
tsc := node_modules/.bin/tsc --checkers 1

.PHONY: lint
lint: $(generated) node_modules/.package-lock.json lint-openapi ## format, vet, staticcheck, biome, types, workflows; that generated files are up to date
	@test -z "$$(gofmt -l core functions internal site wasm)" || { gofmt -l core functions internal site wasm; echo 'run gofmt -w on these'; exit 1; }
	@test -z "$$(git ls-files -ci --exclude-standard 2>&1)" || { git ls-files -ci --exclude-standard; echo 'git ignores these and holds them: git rm --cached them'; exit 1; }
	$(aside) go vet ./...
	$(aside) $(go_tool) staticcheck ./...
	$(aside) go -C functions/pipeline vet ./... # a module of its own; gofmt sees it above
	$(aside) go -C functions/pipeline tool -modfile=../../internal/tools/go.mod staticcheck ./...
	$(go_tool) actionlint
	node_modules/.bin/biome lint --error-on-warnings .
	go run ./internal/gen -check
	$(tsc) -p site/tsconfig.json
	$(tsc) -p site/test/tsconfig.json
	$(node) site/widget/declare.ts -check

# Checkers, from a module of their own.
go_tool := go tool -modfile=internal/tools/go.mod

.PHONY: lint-openapi
lint-openapi: ## the API's description against its rules
lint-openapi: functions/api/lint/node_modules/.package-lock.json
	npm --prefix functions/api/lint run --silent lint

functions/api/lint/node_modules/.package-lock.json: functions/api/lint/package-lock.json
	npm --prefix functions/api/lint ci --ignore-scripts

# A test that hangs fails, within what a busy machine may need. make lint vets, and more than go test would.
go_test := go test -vet=off -timeout 20m
# Node, with the modules in TypeScript.
node := node --import ./site/build/typescript.mjs
# A file is a test to Node, too, and this ends one that hangs: the longest took 20 minutes on a machine with other work.
node_test := $(node) --test --test-timeout=2400000

.PHONY: audit
audit: ## known faults in what this depends on, by govulncheck and npm audit; needs a network
	internal/audit

# Where memory is no matter, what lives may be passed five times over before the collector looks through it: a tenth less to do.
test-go test-pipeline: export GOGC = 400

.PHONY: test-go
test-go: $(generated) ## the Go tests, but for the contract, which is test-edge's
	$(aside) $(go_test) $$(go list ./... | grep -v /functions/contract$$)

FUZZTIME ?= 3m
.PHONY: fuzz
fuzz: ## every fuzz target, each for FUZZTIME (3m): nightly, not a part of make test
	@for file in $$(grep -rl '^func Fuzz' --include='*_test.go' core functions internal site); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "$$file $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) ./$$(dirname $$file) || exit 1; \
		done; \
	done

.PHONY: test-wasm
test-wasm: ## both compilers' modules against native Go
test-wasm: $(tinygo_modules) $(go_modules) build/golden.json build/golden-customers.json $(generated) node_modules/.package-lock.json
	$(aside) $(node_test) site/engine/*.test.ts

.PHONY: test-site
test-site: test-unit test-browser test-firefox test-webkit ## the site's tests, in Node, Chromium, Firefox and WebKit

.PHONY: test-unit
test-unit: ## the site's tests in Node
test-unit: $(tinygo_modules) build/golden.json $(generated) node_modules/.package-lock.json
	$(aside) $(node_test) site/test/*.test.ts

# One file of them, one test of it: make test-browser FILE=calculator TEST='a slider'. TRACE=1 keeps a trace of what fails, beside its picture.
# All of them run in parts of several files, each part a process with one browser (together.ts), which may take longer than a file may.
FILE ?= *
TEST ?=
browser_tests := $(patsubst %,site/test/browser/%,$(if $(filter-out *,$(FILE)),$(FILE).test.ts,part-*.ts offline.test.ts widget.test.ts))
.PHONY: test-browser
test-browser: $(site)/index.html build/prod/index.html build/server ## the site's tests in Chromium; FILE=calculator TEST='a slider' TRACE=1 for one
	CHROMIUM=$$($(tools)/chromium.sh) internal/with-server $(node_test) --test-timeout=5400000 $(if $(TEST),--test-name-pattern='$(TEST)') --test-concurrency=2 $(browser_tests)

# Firefox's protocol is spoken by a package in a folder of its own, which make run does not install; WebKit's needs none.
engines := site/test/engines
$(engines)/node_modules/.package-lock.json: $(engines)/package-lock.json
	npm --prefix $(engines) ci --ignore-scripts

.PHONY: test-firefox
test-firefox: $(site)/index.html build/server $(engines)/node_modules/.package-lock.json ## a short set in Firefox, and the widget in other people's pages
	$(tsc) -p $(engines)
	FIREFOX=$$($(tools)/firefox.sh) internal/with-server $(node_test) $(engines)/firefox.test.ts

# Debian has WebKit for Linux; elsewhere the engine is left to Linux's run.
.PHONY: test-webkit
test-webkit: $(site)/index.html build/server ## the same short set in WebKit, Safari's engine, where Debian's is at hand
	@if type apt-get >/dev/null 2>&1; then MINIBROWSER=$$($(tools)/webkit.sh) internal/with-server $(node_test) $(engines)/webkit.test.ts; else echo "no WebKit for this system: not tested"; fi

# Lighthouse is 185 MB, in a folder of its own, and takes minutes: not a part of make test.
lighthouse_pages := "" retention/ hourglass/ customers/ learn/ learn/what-is-clv/ docs/ docs/api/subscription/ widget.html
site/lighthouse/node_modules/.package-lock.json: site/lighthouse/package-lock.json
	npm --prefix site/lighthouse ci --ignore-scripts

.PHONY: lighthouse
lighthouse: wasm build/server site/lighthouse/node_modules/.package-lock.json ## Lighthouse on the production site, a page of each kind: 100, and at least 98 for performance; wants an idle machine
	$(production) -compress -out build/prod >/dev/null
	SITE=build/prod CHROME_PATH=$$($(tools)/chromium.sh) internal/with-server node site/lighthouse/run.mjs $(lighthouse_pages)

.PHONY: bench
bench: bench-engine bench-edge bench-page ## ratios, side by side in one run: boundary against JavaScript, models, readers, edge

.PHONY: scoreboard
scoreboard: ## docs/scoreboard.md: every model, and rules without one, on public logs
	go run ./internal/bench/scoreboard -write docs/scoreboard.md

.PHONY: bench-engine
bench-engine: ## the engine: boundary, models, readers
bench-engine: $(generated) $(tinygo_modules) $(go_modules) build/bench-customers
	$(node) site/engine/bench.ts
	$(node) site/engine/bench-customers.ts build/bench-customers
	$(node) site/engine/bench-columns.ts
	$(node) site/customers/bench.ts
	go test -run '^$$' -bench . -benchtime 0.5s ./core/... ./functions/server
	build/bench-customers shop 1070000 > build/bench-orders.csv && internal/bench/lifetimes/compare.sh build/bench-orders.csv

.PHONY: oxt
oxt: $(generated) ## LibreOffice's extension, in build/hourglass.oxt; ORIGIN says which server it asks
	go run ./site/build -origin "$(ORIGIN)" -oxt build/hourglass.oxt

# In two parts of about the same length, each two files at a time, since LibreOffice mostly waits for itself.
books := $(addprefix functions/sheets/,$(addsuffix .test.ts,readers xlsx xlsx-page gallery))
.PHONY: test-sheets test-workbooks test-functions
test-sheets: sheet-programs ## the spreadsheet functions and workbooks, in LibreOffice
	$(MAKE) $(together) test-workbooks test-functions

test-workbooks: $(site)/index.html build/server sheet-programs ## the workbooks, as four programs read them
	CHROMIUM=$$($(tools)/chromium.sh) internal/with-server $(node_test) --test-concurrency=2 $(books)

test-functions: $(site)/index.html build/server sheet-programs ## the functions, scripts and add-ins of spreadsheets
	go run ./site/build -origin "$(ORIGIN)" -oxt build/hourglass.oxt
	CHROMIUM=$$($(tools)/chromium.sh) internal/with-server $(node_test) --test-concurrency=2 $(filter-out $(books),$(wildcard functions/sheets/*.test.ts))

# Installed once, before the parts that need them begin; then they are there in no time.
.PHONY: sheet-programs
sheet-programs: functions/sheets/readers/node_modules/xlsx/package.json
	functions/sheets/libreoffice.sh >/dev/null
	functions/sheets/readers/install.sh

# What else reads workbooks. SheetJS has no lock file: its version on npm has known faults with hostile files, which the tests' own are not.
functions/sheets/readers/node_modules/xlsx/package.json: functions/sheets/readers/package.json
	npm --prefix functions/sheets/readers install --no-package-lock --ignore-scripts
	@touch $@

# The SQL for the summaries, run for real in DuckDB.
.PHONY: test-sql
test-sql: ## the SQL of the docs, in DuckDB
test-sql: functions/score/sql/node_modules/@duckdb/node-api/package.json build/customers-tinygo.wasm $(generated)
	$(node_test) functions/score/sql/*.test.ts

# No lock file: DuckDB's binding is an optional package for each platform, which npm leaves out of a lock without
# addresses. Its version is pinned in package.json, and it pins its own.
functions/score/sql/node_modules/@duckdb/node-api/package.json: functions/score/sql/package.json
	npm --prefix functions/score/sql install --no-package-lock
	touch $@

# Beam, in a module of its own: one test binary, on Prism in process.
.PHONY: test-pipeline
test-pipeline: ## the pipeline for lists larger than a machine, on Beam's runner in process
	$(aside) go -C functions/pipeline test -vet=off -timeout 20m ./...

.PHONY: bench-pipeline
bench-pipeline: ## the pipeline's time, and the size of what it fits, at 1, 2, 4 and 8 times the rows
	go -C functions/pipeline test -vet=off -run '^$$' -bench . -benchtime 1x -timeout 30m ./...

# Clients as others make them, in folders of their own: what they install is no part of make run.
clients := internal/clients
$(clients)/typescript/node_modules/.package-lock.json: $(clients)/typescript/package-lock.json
	npm --prefix $(clients)/typescript ci --ignore-scripts

$(clients)/npm/node_modules/.package-lock.json: $(clients)/npm/package-lock.json
	npm --prefix $(clients)/npm ci --ignore-scripts

.PHONY: test-npm
test-npm: $(call modules_of,$(compiler)) $(generated) $(clients)/npm/node_modules/.package-lock.json functions/worker/node_modules/.package-lock.json ## the npm packages, by the recipes of their READMEs: the widget with esbuild, webpack, Vite and React, Vue, Svelte; the engine in Node, Chromium, a Worker
	$(call package_engine,$(compiler),build/npm-engine)
	rm -rf build/npm && mkdir -p build/npm && cp site/widget/*.d.ts site/widget/*.js* site/widget/README.md build/npm
	go run ./site/build $(call engine_flags,$(compiler)) -package build/npm/dist
	CHROMIUM=$$($(tools)/chromium.sh) $(node_test) $(clients)/npm/*.test.ts

# The client in Go is 138,000 generated lines: to make them fast would take minutes, and each is called a few times.
.PHONY: test-clients
test-clients: test-npm build/server $(clients)/typescript/node_modules/.package-lock.json ## clients generated from the API's description, assistants' own, and applications with the widget's npm package
	cd $(clients)/go && mkdir -p hourglass && go tool oapi-codegen -config oapi-codegen.yaml ../../../functions/api/openapi_gen.json
	cd $(clients)/typescript && npx --no-install openapi-typescript ../../../functions/api/openapi_gen.json --default-non-nullable false -o hourglass.d.ts >/dev/null
	node $(clients)/typescript/examples.mjs
	cd $(clients)/typescript && rm -rf dist && npx --no-install tsc -p .
	SITE= internal/with-server go test -C $(clients)/go -gcflags='./...=-N -l' -count=1 .
	SITE= internal/with-server $(node_test) $(clients)/typescript/dist/

# The edge: functions/worker and functions/lambda on their real runtimes.
wrangler := functions/worker/node_modules/.bin/wrangler
lambda_build := CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags="-s -w"

# In a folder of its own, so that make run does not install the 200 MB of workerd.
functions/worker/node_modules/.package-lock.json: functions/worker/package-lock.json
	npm ci --prefix functions/worker

# The page's engine, for the Worker's closed forms.
.PHONY: worker-modules
worker-modules: build/worker/calculator.wasm $(page_parts:%=build/worker/%.wasm)

build/worker/calculator.wasm: build/$(compiler).wasm $(generated)
	@mkdir -p $(@D)
	cp $< $@

$(page_parts:%=build/worker/%.wasm): build/worker/%.wasm: build/%-$(compiler).wasm
	@mkdir -p $(@D)
	cp $< $@

.PHONY: test-edge
test-edge: ## Worker and Lambda function on their real runtimes
test-edge: functions/worker/node_modules/.package-lock.json $(site)/index.html build/prod/index.html
	functions/worker/build.sh
	GOOS=js GOARCH=wasm go vet ./functions/worker ./functions/bench/stock
	$(tsc) -p functions/worker/tsconfig.json
	HOURGLASS_CONTRACT=1 $(go_test) -timeout 25m -count=1 ./functions/contract # it builds the site twice, beside the browsers

.PHONY: bench-page
bench-page: $(site)/index.html build/server ## the longest task of a page while it works, in Chromium
	CHROMIUM=$$($(tools)/chromium.sh) internal/with-server $(node) site/test/browser/bench.ts

.PHONY: bench-large
bench-large: $(site)/index.html build/server ## time and memory of a large file on the customers page, in Chromium; LARGE=orders.csv
	CHROMIUM=$$($(tools)/chromium.sh) internal/with-server $(node) site/test/browser/bench-large.ts $(LARGE)

.PHONY: bench-edge
bench-edge: ## server, Worker and Lambda function
bench-edge: functions/worker/node_modules/.package-lock.json $(site)/index.html
	go run ./functions/bench

.PHONY: worker
worker: functions/worker/node_modules/.package-lock.json $(site)/index.html ## page and API on Cloudflare's workerd, on http://127.0.0.1:8080
	go run ./functions/worker/assets $(site)
	WRANGLER_SEND_METRICS=false $(wrangler) dev --assets $(site) --ip 127.0.0.1 --port $(PORT)

.PHONY: deploy-worker
deploy-worker: $(DIST) functions/worker/node_modules/.package-lock.json ## page and API to Cloudflare (docs/deploy-cloudflare.md)
	go run ./functions/worker/assets $(DIST)
	$(wrangler) deploy $(WRANGLER_OPTIONS)

.PHONY: lambda
lambda: ## the Lambda function on http://127.0.0.1:8080
	$(lambda_build) -o build/lambda ./functions/lambda
	go build -o build/lambda-local ./functions/lambda/local
	PORT=$(PORT) build/lambda-local build/lambda

STACK ?= hourglass
.PHONY: deploy-lambda
deploy-lambda: dist ## page and API to AWS (docs/deploy-aws.md); STACK and SAM_OPTIONS
	functions/lambda/deploy.sh $(STACK) dist $(SAM_OPTIONS)

# sam build calls this.
.PHONY: build-ApiFunction
build-ApiFunction:
	GOOS=linux GOARCH=arm64 $(lambda_build) -o $(ARTIFACTS_DIR)/bootstrap ./functions/lambda

.PHONY: generate
generate: node_modules/.package-lock.json ## rewrite every generated file from the Go declarations
	go generate ./...
	$(node) site/widget/declare.ts

.PHONY: wasm
wasm: build/prod/index.html ## TinyGo's modules and the page's first load, against their budgets and docs/benchmarks.md
	@$(node) site/engine/size.ts build/prod.txt $(addsuffix =25,$(call page_modules_of,tinygo)) build/customers-tinygo.wasm

.PHONY: dist
dist: $(prod_from) $(all_workbooks) ## production site in dist/: minified, content-hashed, precompressed; ORIGIN says where it will stand, SOURCE where its source does
	$(production) $(compress) -origin "$(ORIGIN)" -source "$(SOURCE)" -out dist

# The engine's npm package: its modules by one compiler, into a folder.
package_engine = mkdir -p $2 && $(if $(filter-out site/package,$2),cp site/package/package.json site/package/README.md $2 &&) $(node) site/package/build.ts --module calculator=build/$1.wasm $(foreach part,$(parts),--module $(part)=build/$(part)-$1.wasm) $2/dist

.PHONY: engine-package
engine-package: $(tinygo_modules) $(generated) node_modules/.package-lock.json ## the engine's npm package, ready to npm publish, in site/package/
	$(call package_engine,tinygo,site/package)

.PHONY: widget
widget: $(call page_modules_of,tinygo) $(generated) node_modules/.package-lock.json ## the widget's npm package, ready to npm publish, in site/widget/
	go run ./site/build $(call engine_flags,tinygo) -package site/widget/dist

VERSION ?=
.PHONY: release-dry release
release-dry: ## what `make release` would do, and what stands in its way; VERSION=0.2.0
	go run ./internal/publish -version "$(VERSION)"

release: ## raise the version, close its section of CHANGELOG.md, say the steps that are left; VERSION=0.2.0
	go run ./internal/publish -version "$(VERSION)" -write

.PHONY: clean
clean: ## remove what was built
	rm -rf build dist

node_modules/.package-lock.json: package-lock.json
	$(tools)/node.sh

# What a module is made of is noted beside it when it is built, so that a change builds those again that have it in them; a module
# without a note is made of everything.
build/tinygo.wasm build/go.wasm: package = ./wasm
build/%-tinygo.wasm: package = $(@:build/%-tinygo.wasm=./wasm/%)
build/%-go.wasm: package = $(@:build/%-go.wasm=./wasm/%)
# The customers' module keeps an order log between calls, and is to be fast rather than small.
build/customers-tinygo.wasm: export TINYGO_GC = precise
build/customers-tinygo.wasm: export TINYGO_OPT = 2
noted := $(wildcard build/*.wasm.d)
-include $(noted)
$(filter-out $(noted:.d=),$(tinygo_modules) $(go_modules)): $(go_sources)

# A TinyGo that was found need not be installed.
$(tinygo_modules): go.mod | $(if $(filter tinygo,$(compiler)),,tinygo)
	$(tools)/build.sh tinygo $(package) $@

$(go_modules): go.mod
	$(tools)/build.sh go $(package) $@

.PHONY: build/golden-customers.json build/bench-customers
build/golden-customers.json:
	@mkdir -p build
	gunzip -c core/orders/testdata/CDNOW_sample.txt.gz | go run ./internal/golden/customers 10134 10407 > $@

build/bench-customers:
	go build -o $@ ./internal/bench/customers

$(site)/index.html: $(call modules_of,$(compiler)) $(site_sources) $(generated) node_modules/.package-lock.json build/workbooks/en.made
	@echo "engine built by $(compiler)"
	go run ./site/build $(call engine_flags,$(compiler)) -workbooks build/workbooks -out $(site)
	@touch $@

# The workbooks to download: 40 files in a language, which take seconds each; a site that is served elsewhere has all seven.
workbook_sources := $(shell find site/calculator/workbook site/messages -type f -not -name '*.gen.*') site/build/workbooks.ts functions/sheets/excel/functions.json
$(all_workbooks): build/workbooks/%.made: $(workbook_sources) $(page_modules) $(generated) node_modules/.package-lock.json
	$(node) site/build/workbooks.ts $(call workbook_flags,$(compiler)) build/workbooks $*
	@touch $@

# An edited label shows. In a clone without changes what is committed is up to date, as make lint holds, and only the rest is made.
$(generated): $(generated_from) | node_modules/.package-lock.json
	@if [ -e $@ ] || [ -n "$$(git status --porcelain -- core site internal/gen 2>&1)" ]; then go run ./internal/gen; else go run ./internal/gen -site; fi
	@touch $@

# The production site where nobody has said where it will stand: what make dist gives, what the tests and the budgets read.
.PHONY: build/prod
build/prod: build/prod/index.html
build/prod/index.html: $(prod_from) build/workbooks/en.made
	$(production) -out build/prod >build/prod.txt || { cat build/prod.txt; exit 1; }
	@touch $@

.PHONY: build/server
build/server:
	go build -o $@ ./functions/server

.PHONY: build/golden.json
build/golden.json:
	@mkdir -p build
	go run ./internal/golden > $@
