"""`dev` says in one sentence what it lacks, and installs once what it needs."""

import ast
import hashlib
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from dev import commands, environment, testing
from tests.support import chromium, parts

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with a lock and no environment yet; nothing is really installed in it."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    for lock in (environment.RUN, environment.DEVELOP):
        (tmp_path / lock).write_text("# nothing\n")
    return tmp_path


@pytest.fixture
def installed(checkout, monkeypatch):
    """What was installed, in order."""
    locks = []
    monkeypatch.setattr(environment, "_install", lambda lock, uv: locks.append(lock))
    monkeypatch.setattr(environment, "_create", lambda uv: _pretend(checkout / ".venv"))
    return locks


def _pretend(venv):
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)


def test_a_python_that_is_too_old_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "dev"), run_name="__main__")
    assert end.value.code == (
        "The portal needs Python 3.11 or newer and this is 3.9: install a newer one and name it,"
        " as in `make run PYTHON=python3.11`."
    )


def test_the_door_can_be_read_by_any_python_3():
    text = (ROOT / "dev" / "__main__.py").read_text(encoding="ascii")
    ast.parse(text, feature_version=(3, 4))
    assert 'f"' not in text  # these the parser lets pass


def test_a_python_without_venv_is_told_the_package(checkout, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(environment.CannotGoOn) as reason:
        environment.ensure(environment.RUN)
    assert str(reason.value) == (
        "This Python has no venv module: on Debian or Ubuntu run `apt-get install python3-venv`"
        " as root, then try again."
    )


def test_the_second_start_installs_nothing(installed):
    environment.ensure(environment.RUN)
    environment.ensure(environment.RUN)
    assert installed == ["requirements.txt"]


def test_what_developers_installed_is_enough_to_run(installed):
    environment.ensure(environment.DEVELOP)
    environment.ensure(environment.RUN)
    assert installed == ["requirements-dev.txt"]


def test_what_runs_is_not_enough_to_develop(installed):
    environment.ensure(environment.RUN)
    environment.ensure(environment.DEVELOP)
    assert installed == ["requirements.txt", "requirements-dev.txt"]


def test_a_changed_lock_is_installed_again(checkout, installed):
    environment.ensure(environment.RUN)
    (checkout / "requirements.txt").write_text("# more\n")
    environment.ensure(environment.RUN)
    assert installed == ["requirements.txt", "requirements.txt"]


def test_a_broken_installation_is_not_taken_for_a_whole_one(checkout, monkeypatch):
    monkeypatch.setattr(environment, "_create", lambda uv: _pretend(checkout / ".venv"))
    monkeypatch.setattr(environment, "run", lambda *line, env=None: 1)
    for _ in range(2):
        with pytest.raises(environment.CannotGoOn, match="could not be installed"):
            environment._install(environment.RUN, None)
    assert not environment._is_installed(environment.RUN)


def test_an_unknown_command_lists_the_known_ones(capsys):
    assert commands.main(["fly"]) == 2
    said = capsys.readouterr()
    assert "There is no command “fly”" in said.err
    assert [line.split()[0] for line in said.out.splitlines()] == [
        "run", "test", "lint", "bench", "flask", "lock", "pictures", "help",
    ]  # fmt: skip


def test_make_passes_on_every_command():
    told = (ROOT / "Makefile").read_text()
    named = next(line for line in told.splitlines() if line.startswith(".PHONY:"))
    assert named.split()[1:] == list(commands.COMMANDS)


def test_the_locks_name_no_registry_and_pin_every_package():
    for lock in (environment.RUN, environment.DEVELOP):
        lines = (ROOT / lock).read_text().splitlines()
        assert not [line for line in lines if "://" in line]
        assert all("==" in line for line in lines if line[:1].isalnum())
        assert sum("--hash=sha256:" in line for line in lines) >= sum(
            line[:1].isalnum() for line in lines
        )


def test_both_locks_pin_the_same_versions():
    pins = [
        {line.split()[0] for line in (ROOT / lock).read_text().splitlines() if line[:1].isalnum()}
        for lock in (environment.RUN, environment.DEVELOP)
    ]
    assert pins[0] <= pins[1]


def test_a_browser_that_cannot_be_had_says_how_it_is_had(monkeypatch):
    monkeypatch.delenv("PORTAL_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(testing, "_from_playwright", lambda: None)
    monkeypatch.setattr(testing, "_from_apt", lambda: None)
    with pytest.raises(environment.CannotGoOn) as reason:
        testing.browser()
    assert "apt-get install chromium" in str(reason.value)
    assert "make test WITHOUT=journeys" in str(reason.value)


def test_a_named_browser_that_is_not_there_is_not_replaced_in_silence(monkeypatch):
    monkeypatch.setenv("PORTAL_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(environment.CannotGoOn, match="PORTAL_CHROMIUM is “/nowhere/chromium”"):
        testing.browser()


@pytest.mark.parametrize(
    ("arguments", "without", "wanted"),
    [
        ([], "", True),
        (["-k", "word"], "", True),
        (["tests/journeys"], "", True),
        (["tests/tooling"], "", False),
        (["tests/tooling/test_dev.py::test_x"], "", False),
        ([], "journeys, postgresql", False),
    ],
)
def test_a_browser_is_looked_for_only_when_it_is_needed(monkeypatch, arguments, without, wanted):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("WITHOUT", without)
    assert testing._wants_browser(arguments) is wanted


def test_a_part_is_left_out_by_name_only(monkeypatch):
    monkeypatch.setenv("WITHOUT", "postgresql, tooling")
    assert parts.chosen() == ["postgresql", "tooling"]
    monkeypatch.setenv("WITHOUT", "slow")
    with pytest.raises(pytest.UsageError, match="WITHOUT names “slow”, which is no part"):
        parts.chosen()


def test_what_was_left_out_is_said_at_the_end():
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    line += ["-p", "tests.support.parts", "tests/tooling", "-k", "test_make_passes_on"]
    environ = dict(os.environ, WITHOUT="postgresql,tooling")
    done = subprocess.run(line, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert "LEFT OUT BY NAME: postgresql, tooling" in done.stdout
    assert "1 passed" not in done.stdout


def test_the_stamp_is_the_hash_of_the_lock(checkout, installed):
    environment.ensure(environment.RUN)
    stamp = (checkout / ".venv" / ".requirements.txt.sha256").read_text()
    assert stamp == hashlib.sha256(b"# nothing\n").hexdigest()
