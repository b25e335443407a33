# Every command of this project; `make help` explains them. Needs make, python3 with pip, and a package index.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# on its own, since it pins an older botocore than ours
CHECKOV_VERSION := 3.3.30
# also behind a proxy that signs for itself, as pip does
export UV_SYSTEM_CERTS := true
# whatever language this machine speaks: what we print and read is not in its old 8-bit letters
export PYTHONUTF8 := 1
UV := .tools/bin/uv
PYTHON := .venv/bin/python
# two at a time, each file's tests together: they share a deployed platform; FLAGS=--random-order for another order
PYTEST := $(PYTHON) -m pytest -q -n 2 --dist loadfile
# unit tests share nothing: one process for each core, and a process that is done takes some of another's
PYTEST_APART := $(PYTHON) -m pytest -q -n auto --maxprocesses 8 --dist worksteal
SERVICES := webhook-handler voice-parser customer-lookup-server data-api-server
# the names the targets go by
SHORT := webhook-handler voice-parser customer-lookup data-api
folder = $(patsubst customer-lookup,customer-lookup-server,$(patsubst data-api,data-api-server,$(1)))
tests = $(subst -,_,$(call folder,$(1)))
SOURCES := shared-lib/src $(SERVICES:%=%/src) infrastructure/local/src infrastructure/local/twilio-in-a-box/src infrastructure/operations/src infrastructure/images tests

##@ Try it

.PHONY: demo demo-call up note
demo: .venv/ready ## play two voice notes and a text note through the whole platform, here, and end (engines and models as below)
	@$(PYTHON) -m ai_voice_local demo

demo-call: .venv/ready ## play a recorded call of two people, with what its agent is shown meanwhile, and a question by phone; and end
	@$(PYTHON) -m ai_voice_local demo-call

up: .venv/ready ## run the platform here until Ctrl-C; its data stay in .local/ (other engines: TRANSCRIBER=… ANALYZER=… ANSWERER=… EMBEDDER=… SENTIMENT=…)
	@$(PYTHON) -m ai_voice_local up

note: .venv/ready ## send a note into a running one: make note FILE=recording.ogg, TEXT='…', or FORGET=SM… to have one erased (FROM=+15550100001)
	@$(PYTHON) -m ai_voice_local note $(if $(value FILE),--file=$(call raw,FILE)) $(if $(value TEXT),--text="$$NOTE_TEXT") \
	    $(if $(value FORGET),--forget=$(call raw,FORGET)) $(if $(value FROM),--from=$(call raw,FROM))

# What somebody says is sent as it is written: make reads no $ in it, the shell no quotes, and lines stay lines.
note: export NOTE_TEXT := $(value TEXT)
# make itself would hand these on to every program, with each $ read
unexport TEXT FILE FORGET FROM
# one line as it was given, in quotes for the shell
raw = '$(subst ','\'',$(value $(1)))'

##@ Check it

.PHONY: test lint format chromium test-browser console-picture test-unit test-properties test-integration test-e2e test-pre-deploy test-post-deploy test-system-e2e
test: test-pre-deploy test-e2e ## every test; FLAGS=--random-order shuffles each part

lint: .venv/ready ## ruff (all rules), formatting, strict types, templates; two at a time
	@$(MAKE) --no-print-directory -j 2 $(if $(filter output-sync,$(.FEATURES)),-Otarget) $(LINTED)

LINTED := lint-types lint-policies lint-templates lint-style requirements-check
.PHONY: $(LINTED)
# the browser tests' types, too: their packages come with no Chromium
lint-types:
	$(UV) sync --quiet --inexact --frozen --group browser
	$(PYTHON) -m mypy $(SOURCES)
lint-policies:
	$(UV) tool run --quiet --python $(PYTHON) checkov@$(CHECKOV_VERSION) --config-file infrastructure/checkov.yaml
lint-templates:
	.venv/bin/cfn-lint infrastructure/*/template.yaml
lint-style:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format: .venv/ready ## fix what ruff can fix
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

test-unit: .venv/ready ## functions and classes alone; no network, no processes
	$(PYTEST_APART) $(FLAGS) tests/unit

test-properties: .venv/ready ## the fuzz and tenancy tests, with all their examples; `make test` tries a tenth
	ALL_EXAMPLES=1 $(PYTEST_APART) -m properties $(FLAGS) tests/unit/hostile tests/unit/tenancy

test-integration: .venv/ready ## services against the embedded AWS, adapters against their contracts
	$(PYTEST) $(FLAGS) tests/contract tests/integration

test-e2e: .venv/ready ## the deployed platform from webhook to data API, here
	$(PYTEST) $(FLAGS) tests/e2e

test-post-deploy: .venv/ready ## what a deployed platform has to pass: ENV=dev SENDER=+1555… OUR_NUMBER=whatsapp:+1555… (here without ENV)
	ENV=$(ENV) SENDER='$(SENDER)' OUR_NUMBER='$(OUR_NUMBER)' $(PYTEST) tests/e2e/post_deploy

test-pre-deploy: test-unit test-integration ## what has to pass before a deployment; needs no AWS account

# Debian's, installed where it may be; the Python package that drives it never fetches a browser of its own
chromium:
	@for one in chromium chromium-browser google-chrome $(CHROMIUM); do command -v "$$one" >/dev/null && exit; done; \
	    { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	      apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	    { echo "There is no Chromium here: install it (apt-get install chromium), or set CHROMIUM=/path/to/it." >&2; exit 1; }

# two platforms side by side
test-browser: .venv/ready chromium ## the pages in a headless Chromium, over the whole platform, here; pictures of them come into .local/browser
	$(UV) sync --quiet --inexact --frozen --group browser
	CHROMIUM='$(CHROMIUM)' $(PYTEST) $(FLAGS) tests/browser

console-picture: .venv/ready ## take the picture of the console that README.md shows
	README_PICTURE=1 CHROMIUM='$(CHROMIUM)' $(PYTHON) -m pytest -q tests/browser/test_readme_picture.py

test-system-e2e: .venv/ready ## the whole way of a note, here
	$(PYTEST) tests/e2e/system

.PHONY: chaos soak
chaos: .venv/ready ## kill the worker before and after every outside effect, deliver again: KIND='voice' POINT='after Twilio' FLAGS=--quick
	@PYTHONPATH=tests $(PYTHON) -m chaos $(if $(KIND),--kind '$(KIND)') $(if $(POINT),--point '$(POINT)') $(FLAGS)

soak: .venv/ready ## 5,000 notes while one in twenty outside requests fails: FLAGS='--notes 500 --seed 2'
	@PYTHONPATH=tests $(PYTHON) -m chaos.soak $(FLAGS)

define service_tests
.PHONY: test-$(1)-unit test-$(1)-integration test-$(1)-e2e test-$(1)-pre-deploy
test-$(1)-unit: .venv/ready
	$(PYTEST_APART) tests/unit/$(call tests,$(1))
test-$(1)-integration: .venv/ready
	$(PYTEST) tests/integration/$(call tests,$(1))
test-$(1)-e2e: .venv/ready
	$(PYTEST) tests/e2e/$(call tests,$(1))
test-$(1)-pre-deploy: test-$(1)-unit test-$(1)-integration
endef
$(foreach service,$(SHORT),$(eval $(call service_tests,$(service))))

##@ Measure it

.PHONY: shape bench-retrieval bench-rules bench-answers bench-speech bench-index bench-flood bench-audio bench-console bench-keywords bench-mood bench-live train-mood
shape: .venv/ready ## how easy the house is to walk: folders, sizes, import circles; the ways of a note, and its AWS calls: FLAGS=--calls
	@$(PYTHON) -m benchmarks.shape
	@PYTHONPATH=tests $(PYTHON) -m chaos.ways $(FLAGS)

bench-retrieval: .venv/ready ## how well what is asked for is found: SEGMENTS=segments.jsonl QUERIES=queries.jsonl
	@for scope in note company; do $(PYTHON) -m benchmarks.retrieval --segments '$(SEGMENTS)' --queries '$(QUERIES)' \
	    --scope $$scope --out .local-rankings-$$scope.jsonl || exit 1; done

bench-rules: .venv/ready ## how well notes are understood without a model, in seven languages; the wrong ones: FLAGS=--errors
	@$(PYTHON) -m benchmarks.rules $(FLAGS)

bench-answers: .venv/ready ## how well questions are answered without a model; those that are not: FLAGS=--errors
	@PYTHONPATH=tests $(PYTHON) -m benchmarks.answers $(FLAGS)

bench-keywords: .venv/ready ## how well keywords are found in misheard speech of five languages, and at what cost: FLAGS=--errors
	@$(PYTHON) -m benchmarks.keywords $(FLAGS)

bench-live: .venv/ready ## how long from an event of a live call to the hint on a console, here: FLAGS='--calls 50 --seconds 20 --rules 10 1000'
	@$(PYTHON) -m benchmarks.live $(FLAGS)

bench-index: .venv/ready ## how fast it is found, against SQLite and LanceDB: FLAGS='--million --lancedb-python PATH'
	@$(PYTHON) -m benchmarks.index $(FLAGS)

bench-flood: .venv/ready ## how long a webhook takes while one company floods the platform, here: FLAGS='--notes 500'
	@$(PYTHON) -m benchmarks.flood $(FLAGS)

bench-audio: .venv/ready ## peak memory and CPU of long recordings side by side: FLAGS='--hours 3 --beside 4 --beside-hours 1'
	@$(PYTHON) -m benchmarks.audio $(FLAGS)

bench-console: .venv/ready ## how the console carries a company with many notes, in a headless Chromium, here: FLAGS='--notes 10000'
	$(UV) sync --quiet --inexact --frozen --group browser
	@PYTHONPATH=tests CHROMIUM='$(CHROMIUM)' $(PYTHON) -m benchmarks.console $(FLAGS)

bench-mood: .venv/ready ## how well a customer's mood is scored, and when it raises an alarm, on 100 calls; the wrong ones: FLAGS=--errors
	@$(PYTHON) -m benchmarks.mood $(FLAGS)

train-mood: .venv/ready ## make the small model of a customer's mood again, byte by byte the same
	@$(PYTHON) -m benchmarks.mood.training

bench-speech: .venv/ready ## how well speech is recognised without a key, and what it costs: FLAGS='--folder PATH --model PATH --texts'
	@$(PYTHON) -m benchmarks.speech $(FLAGS)

##@ Pack it

.PHONY: images images-check base-update
images: .venv/ready ## build the services' images: ENV=dev (PLATFORM=linux/amd64 SERVICE=voice-parser BASE=another base image ENGINES=whisper)
	@$(PYTHON) infrastructure/images/build.py $(SERVICE) --environment '$(ENV)' --platform '$(PLATFORM)' --base '$(BASE)' $(ENGINES_OPTION)

# the engines whose packages an image holds; without ENGINES, those that the environment's parameters choose
ENGINES_OPTION = $(if $(ENGINES),--engines '$(ENGINES)')

base-update: .venv/ready ## pin the base image to what its tag stands for now (REGISTRY=https://mirror); commit the change
	@$(OPERATE) base-update $(if $(REGISTRY),--registry '$(REGISTRY)')

images-check: .venv/ready ## build them for this machine and let each handler answer an event in its container
	@$(PYTHON) infrastructure/images/build.py --base '$(BASE)'
	@BASE='$(BASE)' IMAGES_NEEDED=1 $(PYTEST) tests/integration/infrastructure/test_images.py

##@ Deploy it

OPERATE = $(PYTHON) -m ai_voice_operations
YES_OPTION = $(if $(filter 1 yes true,$(YES)),--yes)
DEPLOY_OPTIONS = --environment '$(ENV)' $(YES_OPTION) $(if $(PLAN),--plan) $(if $(TAG),--image-tag '$(TAG)') \
    $(if $(BASE),--base '$(BASE)') $(ENGINES_OPTION)
DEPLOY_SHORT := ecr secrets shared customer-lookup voice-parser webhook-handler realtime data-api observability

.PHONY: secrets-create deploy-infra push outputs destroy customers-check customers-put logs $(DEPLOY_SHORT:%=deploy-%)
secrets-create: .venv/ready ## make the secrets, and put their values; asks without showing them, or reads JSON: ENV=dev (REPLACE=1 YES=1)
	@$(OPERATE) secrets-create --environment '$(ENV)' $(YES_OPTION) $(if $(REPLACE),--replace)

deploy-infra: .venv/ready ## bring all stacks and images up to date; shows each change and asks: ENV=dev (PLAN=1 only shows, YES=1 does not ask, TAG=…)
	@$(OPERATE) deploy $(DEPLOY_OPTIONS)

$(DEPLOY_SHORT:%=deploy-%): deploy-%: .venv/ready
	@$(OPERATE) deploy $(call folder,$*) $(DEPLOY_OPTIONS)

push: .venv/ready ## build and push the images that are not in their repositories yet: ENV=dev (BASE=… ENGINES=…)
	@$(OPERATE) push --environment '$(ENV)' $(if $(BASE),--base '$(BASE)') $(ENGINES_OPTION)

outputs: .venv/ready ## show where everything is, URLs and names: ENV=dev (JSON=1)
	@$(WITHIN) $(OPERATE) outputs --environment '$(ENV)' $(if $(JSON),--json)

customers-check: .venv/ready ## check a customers file; send nothing: FILE=customers.json
	@$(OPERATE) customers-check '$(FILE)'

customers-put: .venv/ready ## check a customers file, show what it changes, put it: FILE=customers.json ENV=dev (YES=1)
	@$(WITHIN) $(OPERATE) customers-put --environment '$(ENV)' --file '$(FILE)' $(YES_OPTION)

logs: .venv/ready ## show the logs of all functions together: ENV=dev (SERVICE=voice-parser SINCE=2h FOLLOW=1 MESSAGE=SM…)
	@$(WITHIN) $(OPERATE) logs --environment '$(ENV)' $(if $(SERVICE),--service '$(SERVICE)') \
	    $(if $(SINCE),--since '$(SINCE)') $(if $(FOLLOW),--follow) $(if $(MESSAGE),--message '$(MESSAGE)')

destroy: .venv/ready ## delete the stacks, keep what holds data; always asks: ENV=dev (DATA=1 deletes that too)
	@$(OPERATE) destroy --environment '$(ENV)' $(if $(DATA),--data)

doctor: .venv/ready ## say what is wrong with an environment and what to do; changes nothing: ENV=dev (NUMBER=+… JSON=1; ASK=1 asks OpenAI's models, too)
	@$(WITHIN) $(OPERATE) doctor --environment '$(ENV)' $(if $(NUMBER),--number '$(NUMBER)') \
	    $(if $(ASK),--ask) $(if $(JSON),--json)

twilio-configure: .venv/ready ## set a WhatsApp number's webhooks at Twilio, and read them back: ENV=dev NUMBER=+… (CHECK=1 only looks)
	@$(OPERATE) twilio-configure --environment '$(ENV)' --number '$(NUMBER)' $(if $(CHECK),--check) $(YES_OPTION)

twilio-buttons: .venv/ready ## make the buttons below replies at Twilio, each once: ENV=dev (CHECK=1 only looks)
	@$(OPERATE) twilio-buttons --environment '$(ENV)' $(if $(CHECK),--check) $(YES_OPTION)

##@ Keep it

.PHONY: api-key-create api-key-list api-key-revoke index-rebuild tasks-add dlq waiting sweep person-export person-erase company-erase
api-key-create: .venv/ready ## make a key of the data API, shown once: COMPANY=acme-heating NAME=console (SCOPES=read,write or with erase; EXPIRES=90d ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	@$(KEYS) create --company '$(COMPANY)' --name '$(or $(NAME),unnamed)' $(if $(SCOPES),--scopes '$(SCOPES)') \
	    $(if $(EXPIRES),--expires '$(EXPIRES)')

api-key-list: .venv/ready ## list a company's keys: COMPANY=acme-heating (ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	@$(KEYS) list --company '$(COMPANY)'

api-key-revoke: .venv/ready ## end a key: COMPANY=acme-heating KEY_ID=1a2b3c4d (ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	$(call needs,KEY_ID,key,1a2b3c4d)
	@$(KEYS) revoke --company '$(COMPANY)' --key-id '$(KEY_ID)'

dlq: .venv/ready ## list, show, replay or drop parked messages: ARGS='list', 'show SM…', 'replay --all', 'drop SM…', '--queue index list' (ENV=dev)
	@$(WITHIN) $(OPERATE) dlq --environment '$(ENV)' $(or $(ARGS),list)

waiting: .venv/ready ## list notes that wait, or have them tried now: ARGS='list', 'bring-back --all --company acme-heating' (ENV=dev)
	@$(WITHIN) $(OPERATE) waiting --environment '$(ENV)' $(or $(ARGS),list)

sweep: .venv/ready ## enqueue what Twilio has and we do not have: (SINCE=2026-11-20T08:00Z ENV=dev)
	@$(WITHIN) $(OPERATE) sweep --environment '$(ENV)' $(if $(SINCE),--since '$(SINCE)')

index-rebuild: .venv/ready ## build a company's search index again from its notes: COMPANY=acme-heating (ENV=dev BUCKET=…)
	$(call needs,COMPANY,company,acme-heating)
	@$(WITHIN) $(OPERATE) index-rebuild --environment '$(ENV)' --company '$(COMPANY)' $(if $(BUCKET),--bucket '$(BUCKET)')

tasks-add: .venv/ready ## add the tasks that a company's older notes say: COMPANY=acme-heating (AFTER=position ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	@$(WITHIN) $(OPERATE) tasks-add --environment '$(ENV)' --company '$(COMPANY)' $(if $(AFTER),--after '$(AFTER)')

person-export: .venv/ready ## export everything of a sender as ZIP files: COMPANY=acme-heating SENDER=id-or-number (ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	$(call needs,SENDER,sender,+15550100001)
	@$(WITHIN) $(OPERATE) person-export --environment '$(ENV)' --company '$(COMPANY)' --sender '$(SENDER)'

person-erase: .venv/ready ## erase everything of a sender for good; always asks: COMPANY=acme-heating SENDER=id-or-number (ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	$(call needs,SENDER,sender,+15550100001)
	@$(WITHIN) $(OPERATE) person-erase --environment '$(ENV)' --company '$(COMPANY)' --sender '$(SENDER)'

company-erase: .venv/ready ## erase a whole company for good, after customers-put took it out; always asks: COMPANY=acme-heating (ENV=dev)
	$(call needs,COMPANY,company,acme-heating)
	@$(WITHIN) $(OPERATE) company-erase --environment '$(ENV)' --company '$(COMPANY)'

# says what is missing before anything is done: variable, what it is, an example
needs = $(if $($(1)),,@echo "Which $(2)? Pass $(1)=$(3)." >&2; exit 2)

ENV := local
WITHIN = $(if $(filter local,$(ENV)),$(PYTHON) -m ai_voice_local within)
KEYS = $(WITHIN) $(OPERATE) keys --environment '$(ENV)'

##@ Write files again

.PHONY: parameters-sync requirements-sync requirements-check samples clean
parameters-sync: .venv/ready ## write infrastructure/PARAMETERS.md from the templates and parameters files
	@$(OPERATE) parameters-sync

requirements-sync: .venv/ready ## write what each service's image installs (requirements*.txt) from uv.lock
	@$(PYTHON) infrastructure/images/requirements.py sync $(SERVICES)

requirements-check: .venv/ready
	@$(PYTHON) infrastructure/images/requirements.py check $(SERVICES)

samples: .venv/ready ## make the sample recordings again (needs the program flite)
	$(PYTHON) -m ai_voice_local.make_samples

clean: ## remove what was fetched and kept here (.venv, .tools, .local)
	rm -rf .venv .tools .local .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help
help: ## show this
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	    /^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  What stands in (brackets) may be left out. ENV is dev or prod; without it, it is local: the platform that make up runs here."
	@echo "  make demo and make up with your own models: OPENAI_BASE_URL=http://localhost:11434/v1 LANGUAGE_MODEL=… EMBEDDING_MODEL=…"
	@echo "  TRANSCRIPTION_MODEL=…, and OPENAI_API_KEY=… if the server wants one. With WHISPER_MODEL=… for TRANSCRIBER=whisper."
	@echo "  Begin with make demo. To deploy: infrastructure/README.md. What \"Deploy it\" and \"Keep it\" run: $(OPERATE) --help"
	@echo
	@echo "  Per service (webhook-handler, voice-parser, customer-lookup, data-api):"
	@echo "  make test-SERVICE-unit, -integration, -e2e, -pre-deploy"
	@echo "  make deploy-STACK, for one of: $(DEPLOY_SHORT)"
	@echo

# what all of it needs

$(UV): infrastructure/uv.txt
	@echo "fetching uv, by its hashes in $<"
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
	    --target .tools --upgrade --require-hashes --requirement $<
	@touch $@ # the wheel's own time is older than the file

.venv/ready: pyproject.toml uv.lock shared-lib/pyproject.toml $(SERVICES:%=%/pyproject.toml) infrastructure/local/pyproject.toml infrastructure/local/twilio-in-a-box/pyproject.toml infrastructure/operations/pyproject.toml tests/benchmarks/pyproject.toml | $(UV)
	@echo "installing what uv.lock names into .venv"
	@python=$$(infrastructure/local/find_python.sh); $(UV) sync --quiet --frozen $$python || { [ -n "$$python" ] || \
	    echo "There is no Python 3.13 here, and none could be fetched. Install it (python.org, pyenv, apt install python3.13), and run this again." >&2; exit 1; }
	@touch $@
