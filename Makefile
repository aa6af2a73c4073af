# Everything starts with a Python that the clone brings into a virtual environment; see stack/bootstrap.py.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3.14 python3; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$p && break; done || :)
STACK = $(or $(PYTHON),python3) stack/bootstrap.py
export PYTHONUTF8 = 1
export S F T N SEED IN ENGINE PORT_OFFSET STACK_DIR FOLLOW PART ADVANCE

.PHONY: help up down status logs restart stop start run reset remove-demo-data accounts bootstrap fmt \
  test test-lint test-types test-boundaries test-contracts test-unit test-front test-pacts test-integration test-e2e \
  test-observed test-resilience test-properties test-network test-generator test-mutation pictures bench

help: ## this list
	@$(or $(PYTHON),python3) -c 'import re; [print("  make %-18s %s" % m) for m in re.findall(r"^([\w-]+):.*?## (.*)", open("Makefile").read(), re.M)]'

up: ## start everything, wait until it is healthy, print addresses and accounts (ENGINE=docker|process, PORT_OFFSET=n)
	@$(STACK) up

down: ## stop everything; the data stays
	@$(STACK) down

status: ## a line for each service: state, port, memory, restarts
	@$(STACK) status

logs: ## follow the logs of all services, or of one (S=back-api)
	@$(STACK) logs

restart: ## restart everything, or one service (S=)
	@$(STACK) restart

stop: ## stop one service (S=), the rest stays up
	@$(STACK) stop

start: ## start a stopped service again (S=)
	@$(STACK) start

run: ## take one service out and run it here, with reload, under your debugger (S=back-auth)
	@$(STACK) run

accounts: ## the demo accounts as JSON
	@$(STACK) accounts

reset: ## stop everything and remove its data, secrets and logs
	@$(STACK) reset

remove-demo-data: ## start the stack without its demo data, and remove that alone (DEMO_DATA=0 make up leaves it out later)
	@$(STACK) remove-demo-data

bootstrap: ## install everything that the other targets need
	@$(STACK) bootstrap

fmt: ## format Python and TypeScript
	@$(STACK) bootstrap && .venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q . ; PATH=.stack/node/bin:$$PATH node_modules/.bin/biome check --write .

test: ## all parts of the tests (S=back-auth: one service's own; F=profile: a feature's; T=path: one file's)
	@$(STACK) test

test-lint test-types test-boundaries test-contracts test-unit test-front test-pacts test-integration test-e2e test-observed test-resilience test-properties test-network test-generator: ## one part
	@PART=$(@:test-%=%) $(STACK) test

pictures: ## take the pictures of all pages anew, which `make test` compares (tests/e2e/pictures)
	@PICTURES=take T=tests/e2e/pages.test.ts $(STACK) test

test-mutation: ## share of small faults that the unit tests of S= (or F=, a feature) see; slow, no part of `make test` (N=40 SEED=1 IN=path)
	@$(STACK) mutation

bench: ## profile reads, logins, live updates and fan-out against named baselines, as ratios
	@$(STACK) bench
