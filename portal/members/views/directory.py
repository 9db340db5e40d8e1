"""The public list of members, and the page that each chose to show."""

from functools import lru_cache
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from portal.core.alphabet import name_key
from portal.members import queries
from portal.members.queries.narrowing import Choices
from portal.members.queries.viewers import viewer_at
from portal.members.views.blueprint import bp
from portal.members.views.onward import onward_from_former
from portal.models import Service, SizeClass
from portal.platform import language
from portal.web import panels
from portal.web.access import arrived, everyone, find_actor_if_known, sees


@bp.get("/members")
@everyone
def directory() -> ResponseReturnValue:
    """List the members that chose to be shown, perhaps only those that fit."""
    now, chosen, mark = arrived(), queries.chosen(request.args), request.args.get("mark")
    choices = queries.choices(chosen, now=now)
    found = queries.directory(chosen, mark, common=choices.common, now=now)
    form = narrowing(choices, tuple(chosen.items()), language=language.current())
    return render_template("members/directory.html", found=found, chosen=chosen, narrowing=form)


@lru_cache(maxsize=256)
def narrowing(choices: Choices, chosen: tuple[tuple[str, str], ...], *, language: str) -> Markup:
    """Draw the form that narrows the list down: a hundred options, the same for many visitors."""
    drawn = render_template(
        "members/narrowing.html",
        choices=choices,
        chosen=dict(chosen),
        sizes=SizeClass,
        services=sorted(Service, key=lambda each: name_key(gettext(each.label))),
    )
    return Markup(drawn)  # noqa: S704 - a template has escaped it already


@bp.get("/members/<slug>")
@sees(on=queries.public_member, public=True)
def show(organisation: Any) -> ResponseReturnValue:
    """Show a member as it chose to be shown, with what other rooms say of it."""
    if to_itself := onward_from_former(organisation, "members.show"):
        return to_itself
    actor, now = find_actor_if_known(), arrived()
    viewer = viewer_at(organisation.id, actor=actor, now=now)
    return render_template(
        "members/show.html",
        organisation=organisation,
        profile=queries.profile(organisation.id, viewer=viewer, now=now),
        panels=panels.of_organisation(organisation, actor=actor, now=now),
        preview=False,
    )
