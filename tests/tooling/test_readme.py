"""The README says what is: settings, commands and places that are there, examples that start."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from dev.commands import COMMANDS
from portal.cli import COMMANDS as FLASK_COMMANDS
from portal.cli.prepare import SIGN_INS
from portal.config import DEMO_PASSWORD, Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS += sorted((ROOT / "docs" / "decisions").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
MARKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
#: Where things of the repository begin.
HERE = ("portal/", "templates/", "tests/", "migrations/", "translations/", "dev/", "docs/", ".ci/")
#: What the example of a new room would make.
TO_BE_MADE = (
    "portal/governance",
    "templates/governance",
    "tests/unit/governance",
    "tests/feature/governance",
)
#: What Flask-Migrate brings.
FROM_EXTENSIONS = {"db"}


class Asked(Mapping[str, str]):
    """An environment with one issuer and nothing else, which remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.given = {"OIDC_ISSUERS": "entra"} | {
            f"OIDC_ENTRA_{name}": "https://issuer.example" for name in ("URL", "NAME", "CLIENT_ID")
        }

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(README) if found == kind]


def lines(kind: str) -> list[str]:
    return [line.strip() for text in blocks(kind) for line in text.splitlines() if line.strip()]


def section(heading: str) -> str:
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| `")]
    return [row.strip("`") for row in rows]


def is_here(place: str) -> bool:
    return (ROOT / place).exists()


def test_the_table_holds_every_setting_and_no_other(tmp_path):
    asked = Asked()
    Settings.from_environment(asked, tmp_path / "instance")
    told = first_cells(section("Every setting"))
    assert sorted(told) == sorted(
        asked.names | {"INSTANCE_DIR"}
    )  # a folder given here is not asked


def test_what_the_table_says_is_taken_by_default_is(tmp_path):
    settings = Settings.from_environment({}, tmp_path)
    table = dict(
        re.findall(r"^\| `(\w+)` \| `([\w.-]+)` \|", section("Every setting"), re.MULTILINE)
    )
    assert table == {
        "PORT": str(settings.port),
        "LISTEN_ON": settings.host,
        "TRUSTED_PROXIES": str(settings.trusted_proxies),
        "WORKERS": str(settings.workers),
        "THREADS": str(settings.threads),
        "LOG_LEVEL": settings.log_level,
        "DEMO_PASSWORD": settings.demo_password,
        "DEVELOPMENT": str(int(settings.development)),
    }


def test_every_command_is_told_and_every_command_told_is_there():
    assert first_cells(section("Two commands")) == [f"make {name}" for name in COMMANDS]
    spoken = re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)
    spoken += re.findall(r"python3 dev (\w+)", README)
    assert set(spoken) <= set(COMMANDS)


def test_every_flask_command_told_is_there():
    told = re.findall(r"python3 dev flask ([a-z-]+)", README)
    told += re.findall(r"make flask ARGS='?([a-z-]+)", README)
    assert set(told) <= set(FLASK_COMMANDS) | FROM_EXTENSIONS
    assert {"prepare", "serve", "worker", "backup", "restore"} <= set(told)


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_place_named_is_there(file):
    text = BLOCK.sub("", file.read_text(encoding="utf-8"))
    named = [word for word in MARKED.findall(text) if word.startswith(HERE) and " " not in word]
    named = [word.partition("::")[0] for word in named if not word.startswith(TO_BE_MADE)]
    linked = [str((file.parent / link).relative_to(ROOT)) for link in LINK.findall(text)]
    assert [place for place in named + linked if not is_here(place)] == []


@pytest.mark.parametrize("file", DOCUMENTS[1:], ids=lambda file: file.name)
def test_every_test_named_is_there(file):
    for place, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", file.read_text(encoding="utf-8")):
        assert f"def {name}(" in (ROOT / place).read_text(encoding="utf-8"), f"{place}::{name}"


def test_the_map_holds_every_package_of_the_house():
    told = {place.rstrip("/") for place in first_cells(section("The map of the house"))}
    packages = {f"portal/{path.parent.name}" for path in ROOT.glob("portal/*/__init__.py")}
    assert packages <= told
    assert {f"tests/{path.parent.name}" for path in ROOT.glob("tests/*/__init__.py")} <= told


def test_the_example_of_settings_starts(tmp_path):
    environ = dict(line.split("=", 1) for line in lines("ini"))
    settings = Settings.from_environment(environ | {"INSTANCE_DIR": str(tmp_path / "instance")})
    assert settings.base_url == "https://portal.example.org"
    assert settings.secure_cookies
    assert not settings.demo
    assert settings.files_url == "s3://cluster-files/portal"
    assert (settings.workers, settings.trusted_proxies) == (2, 1)


def test_the_settings_given_to_make_start(tmp_path):
    given = [re.findall(r"([A-Z_]+)=(\S+)", line) for line in lines("sh") if "make run " in line]
    assert len(given) == 3
    for environ in map(dict, given):
        Settings.from_environment(environ, tmp_path / "instance")


def test_the_sign_ins_are_those_of_the_demo():
    assert first_cells(section("The demo")) == [f"{name}@demo.example" for name in SIGN_INS]
    assert f"password `{DEMO_PASSWORD}`" in README


@pytest.mark.parametrize("name", ["home", "desk"])
def test_both_pictures_are_shown_with_words_for_them(name):
    [words] = re.findall(rf"!\[([^\]]+)\]\(docs/pictures/{name}\.png\)", README)
    assert len(words) > 20


def test_the_examples_in_python_are_python():
    for text in blocks("python"):
        indent = len(text) - len(text.lstrip(" "))
        compile("\n".join(line[indent:] for line in text.splitlines()), "README.md", "exec")
