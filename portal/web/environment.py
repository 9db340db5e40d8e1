"""Templates that settle when they are compiled what does not change while the portal runs.

Looking up every “Sign in” of a page at every request was a quarter of its time. So there is one
environment for each language, in which `_("literal")` becomes the translated text when the
template is compiled; only what stands in its gaps is put in later. The same goes for the addresses
of pages and of static files, where all that decides them is written out in the template.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_babel import gettext
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # as it is

from portal.platform.language import LANGUAGES, current, in_language
from portal.web.sizes import Weighed
from portal.web.statics import asset, asset_bootstrap

MARKS = {"_", "gettext"}

#: What templates call all the time: texts, texts in two languages, addresses, where things stand.
STRAIGHT = ("_", "says", "url_for", "status", "span", "fill_gaps")

#: The addresses that have one key in them, by endpoint and name of the key: what stands before the
#: key and after it.
Addresses = dict[tuple[str, str], tuple[str, str]]


class Folding(NodeTransformer):
    """Puts in its place what a call with nothing but literals says."""

    def __init__(self, settled: dict[str, Callable[..., str]], addresses: Addresses) -> None:
        self.settled, self.addresses = settled, addresses

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Work out now what can be: a marked text, the address of a page or of a file."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name):
            return node
        if node.dyn_args or node.dyn_kwargs:
            return self.straight(node, node.node.name)
        literal = all(isinstance(given, nodes.Const) for given in node.args)
        if node.node.name in MARKS and len(node.args) == 1 and literal:
            return self.translate(node)
        literal = literal and all(isinstance(pair.value, nodes.Const) for pair in node.kwargs)
        if node.node.name in self.settled and literal:
            return self.settle(node, self.settled[node.node.name])
        return self.straight(node, node.node.name)

    def straight(self, node: nodes.Call, name: str) -> nodes.Node:
        """Call a function of ours as a filter: at a call, Jinja first asks what it wants to know.

        Only plain functions with their first argument in its place are called so.
        """
        wanted = "_" if name in MARKS else name
        if wanted not in STRAIGHT or not node.args:
            return node
        first, *others = node.args
        given = (others, node.kwargs, node.dyn_args, node.dyn_kwargs)
        return nodes.Filter(first, wanted, *given, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Write out the address of a thing around its key, where it is put straight on the page."""
        shown: list[nodes.Expr] = []
        for part in node.nodes:
            shown += self.around_key(part) or [part]
        node.nodes = shown
        self.generic_visit(node)
        return node

    def around_key(self, node: nodes.Expr) -> list[nodes.Expr] | None:
        """Return what `url_for("room.page", id=thing.id)` puts before the key, the key, the rest.

        Only a key that is a UUID, and nothing else in the address: a text may have to be quoted.
        """
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        if node.node.name != "url_for" or len(node.args) != 1 or len(node.kwargs) != 1:
            return None
        endpoint, key = node.args[0], node.kwargs[0]
        if not isinstance(endpoint, nodes.Const) or isinstance(key.value, nodes.Const):
            return None
        parts = self.addresses.get((endpoint.value, key.key))
        if not parts or node.dyn_args or node.dyn_kwargs:
            return None
        before, after = (nodes.TemplateData(part, lineno=node.lineno) for part in parts)
        return [before, key.value, after]

    def settle(self, node: nodes.Call, say: Callable[..., str]) -> nodes.Node:
        """Call a function of literals; what depends on the page asked for waits for it."""
        given = [argument.as_const() for argument in node.args]
        if given and str(given[0]).startswith("."):
            return node
        named = {pair.key: pair.value.as_const() for pair in node.kwargs}
        return nodes.Const(say(*given, **named), lineno=node.lineno)

    def translate(self, node: nodes.Call) -> nodes.Node:
        """Translate `_("text")` now, and `_("text", gap=value)` but for its gaps."""
        text = node.args[0]
        assert isinstance(text, nodes.Const)  # noqa: S101 - seen by the caller
        translated = Markup(gettext(text.value))  # noqa: S704 - our own words and catalogues
        if not node.kwargs:
            return nodes.Const(translated % {}, lineno=node.lineno)
        told = nodes.Const(translated, lineno=node.lineno)
        return nodes.Filter(told, "fill_gaps", [], node.kwargs, None, None, lineno=node.lineno)


def put(value: Any) -> str:
    """Escape what a page shows. It only joins the texts, and needs none of them marked as safe.

    Jinja marks each, which took six times as long as the escaping.
    """
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class Putting(CodeGenerator):
    """Writes templates that show what they show by `put`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.put(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Spoken(Environment):
    """A template environment that speaks one language."""

    code_generator_class = Putting
    put = staticmethod(put)

    language = LANGUAGES[0]
    settled: dict[str, Callable[..., str]] = {}
    addresses: Addresses = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        with in_language(self.language):
            folded: nodes.Template = Folding(self.settled, self.addresses).visit(tree)
        return folded

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give every template the same globals: none of ours has any of its own.

        Jinja's layered ones are compared name by name at each import of each page.
        """
        return self.globals if d is None else super().make_globals(d)


class Portal(Flask):
    """A Flask whose templates are compiled once for each language, and that weighs requests."""

    request_class = Weighed
    jinja_environment = Spoken
    environments: dict[str, Environment] | None = None

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take every view and hook as it is: none of ours is asynchronous."""
        return func

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
    told = str.__mod__(text, {gap: put(value) for gap, value in values.items()})
    return Markup(told)  # noqa: S704 - see above


def speaker(language: str) -> Callable[..., Markup]:
    """Return the `_` of one language, for what is known only when a page is shown: labels.

    It remembers what it has looked up; labels are words of ours, so they are few.
    """
    known: dict[str, tuple[Markup, Markup]] = {}

    def said(text: str, **values: Any) -> Markup:
        if text not in known:
            with in_language(language):
                found = Markup(gettext(text))  # noqa: S704 - our own words
            known[text] = found, found if "%(" in found else found % {}
        gaps, whole = known[text]
        return fill_gaps(gaps, **values) if values else whole

    return said


def settled_calls(app: Flask) -> dict[str, Callable[..., str]]:
    """Return what a template may have worked out once; in development files change."""
    pages = app.url_map.bind("portal")

    def url_for(endpoint: str, **values: Any) -> str:
        return pages.build(endpoint, values)

    if app.config["DEVELOPMENT"]:
        return {"url_for": url_for}
    return {"url_for": url_for, "asset": asset, "asset_bootstrap": asset_bootstrap}


def addresses_with_key(app: Flask) -> Addresses:
    """Return the addresses whose only gap is a UUID, and whose endpoint has no other address."""
    rules: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        rules.setdefault(rule.endpoint, []).append(rule.rule)
    found = {}
    for endpoint, (address, *others) in rules.items():
        before, gap, after = address.partition("<uuid:")
        name, _end, after = after.partition(">")
        if gap and not others and "<" not in before + after:
            found[endpoint, name] = (before, after)
    return found


def settle(app: Portal) -> None:
    """Part the languages, once every filter and global is known."""
    first = app.jinja_env
    first.globals["fill_gaps"] = fill_gaps
    environments: dict[str, Environment] = {}
    for language in LANGUAGES:
        own = first.overlay()
        spoken = speaker(language)
        own.globals = {**first.globals, "_": spoken, "gettext": spoken}
        own.filters = {**first.filters, **{name: own.globals[name] for name in STRAIGHT}}
        own.language = language  # type: ignore[attr-defined]  # an overlay is of our class
        own.settled = settled_calls(app)  # type: ignore[attr-defined]
        own.addresses = addresses_with_key(app)  # type: ignore[attr-defined]
        environments[language] = own
    app.environments = environments
