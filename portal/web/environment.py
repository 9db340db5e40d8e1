"""Templates that are translated when they are compiled, one environment for each language.

Looking up every “Sign in” of a page at every request was a quarter of its time. The texts do not
change while the portal runs, so `_("literal")` becomes the translated text when the template is
compiled; only what stands in its gaps is put in later.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_babel import gettext
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from portal.platform.language import LANGUAGES, current, in_language
from portal.web.sizes import Weighed

MARKS = {"_", "gettext"}


class Folding(NodeTransformer):
    """Puts the translation in the place of a marked literal."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Translate `_("text")` now, and `_("text", gap=value)` but for its gaps."""
        self.generic_visit(node)
        called = isinstance(node.node, nodes.Name) and node.node.name in MARKS
        if not called or len(node.args) != 1 or node.dyn_kwargs is not None:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const) or not isinstance(text.value, str):
            return node
        translated = Markup(gettext(text.value))  # noqa: S704 - our own words and catalogues
        if not node.kwargs:
            return nodes.Const(translated % {}, lineno=node.lineno)
        fill = nodes.Name("fill_gaps", "load", lineno=node.lineno)
        told = nodes.Const(translated, lineno=node.lineno)
        return nodes.Call(fill, [told], node.kwargs, None, None, lineno=node.lineno)


class Spoken(Environment):
    """A template environment that speaks one language."""

    language = LANGUAGES[0]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        with in_language(self.language):
            folded: nodes.Template = Folding().visit(tree)
        return folded


class Portal(Flask):
    """A Flask whose templates are compiled once for each language, and that weighs requests."""

    request_class = Weighed
    jinja_environment = Spoken
    environments: dict[str, Environment] | None = None

    @property
    def jinja_env(self) -> Environment:
        """The environment of the language in force; while the app is made, the first one."""
        if self.environments is None:
            if "_first_environment" not in self.__dict__:
                self.__dict__["_first_environment"] = self.create_jinja_environment()
            first: Environment = self.__dict__["_first_environment"]
            return first
        return self.environments[current()]


def fill_gaps(text: Markup, **values: Any) -> Markup:
    """Put values into a translated text; the values are escaped, the text is ours."""
    return text % values


def speaker(language: str) -> Callable[..., Markup]:
    """Return the `_` of one language, for what is known only when a page is shown: labels.

    It remembers what it has looked up; labels are words of ours, so they are few.
    """
    known: dict[str, Markup] = {}

    def said(text: str, **values: Any) -> Markup:
        found = known.get(text)
        if found is None:
            with in_language(language):
                found = known[text] = Markup(gettext(text))  # noqa: S704 - our own words
        return found % values

    return said


def settle(app: Portal) -> None:
    """Part the languages, once every filter and global is known."""
    first = app.jinja_env
    first.globals["fill_gaps"] = fill_gaps
    environments: dict[str, Environment] = {}
    for language in LANGUAGES:
        own = first.overlay()
        spoken = speaker(language)
        own.globals = {**first.globals, "_": spoken, "gettext": spoken}
        own.language = language  # type: ignore[attr-defined]  # an overlay is of our class
        environments[language] = own
    app.environments = environments
