# `make run` is `python3 dev run` and so on; what is set here (PORT=9000) goes along as environment.
PYTHON ?= python3
.PHONY: run test lint bench flask lock pictures help
.DEFAULT_GOAL := help

run test lint bench flask lock pictures:
	@exec $(PYTHON) dev $@ $(ARGS)

help:
	@exec $(PYTHON) dev help | sed 's/^ /  make/'
