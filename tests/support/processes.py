"""Processes of their own for races: each begins with the portal imported and nothing opened."""

from multiprocessing import get_context

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.preloaded"])
