"""What this room says on pages of others: the desk, the public home, the sitemap."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from portal.core.wording import N_, Sentence
from portal.members import queries
from portal.members.queries import (
    companies,
    desk,
    domains,
    excluding,
    joiners,
    losing,
    privacy,
    wishing,
)
from portal.members.rules import RENEWAL_NOTICE
from portal.models import Actor
from portal.platform import cluster
from portal.web.panels import AboutOrganisation, Line, Panel

#: What parts of the room show on the page of an organisation that has a membership.
OF_MEMBER: list[AboutOrganisation] = []


def lines(*, actor: Actor, now: datetime) -> Iterator[Line]:
    """Say what waits for this person in our room: at most three statements."""
    if not actor.verified:
        yield confirm_address()
    for task in desk.tasks(actor=actor, now=now):
        yield LINES[task.kind](task)
    if not actor.standings and not actor.is_staff_of_any and actor.verified:
        yield no_organisation()
    if actor.standings:
        yield from renewals(actor=actor, now=now)


def confirm_address() -> Line:
    """Ask somebody to prove their address."""
    return Line(
        title=Sentence(N_("Confirm your e-mail address")),
        why=Sentence(N_("We sent you an e-mail. Until you press its button you can only look.")),
        endpoint="members.confirm_address",
    )


def no_organisation() -> Line:
    """Invite somebody to register their organisation."""
    return Line(
        title=Sentence(N_("Register your organisation")),
        why=Sentence(N_("Then you can apply for it and invite your colleagues.")),
        endpoint="members.new_organisation",
    )


def to_let_in(task: Any) -> Line:
    """Point to a request to join."""
    words = {"name": task.name, "organisation": task.slug}
    return Line(
        title=Sentence(N_("%(name)s asks to join %(organisation)s"), words),
        why=Sentence(N_("Let them join if you know them; decline if you do not.")),
        endpoint="members.answer_request",
        values={"id": task.id},
        since=task.at,
    )


def to_owe(task: Any) -> Line:
    """Point staff to what somebody asks about their own data."""
    return Line(
        title=Sentence(N_("Answer %(name)s, who asks about their own data"), {"name": task.name}),
        why=Sentence(N_("We owe an answer within a calendar month.")),
        endpoint="members.privacy_request",
        values={"id": task.id},
        due=task.at,
    )


def to_accept(task: Any) -> Line:
    """Point somebody to an invitation."""
    return Line(
        title=Sentence(N_("You are invited to join %(name)s"), {"name": task.name}),
        why=Sentence(N_("Accept the invitation or decline it.")),
        endpoint="members.invitation",
        values={"key": task.id},
        due=task.at,
    )


def to_hand_over(task: Any) -> Line:
    """Point to a role that needs somebody new."""
    slug, _break, organisation = task.slug.partition("\n")
    words = {"who": task.name, "organisation": organisation}
    return Line(
        title=Sentence(N_("Name a successor for %(who)s at %(organisation)s"), words),
        why=Sentence(N_("Nobody can be reached in this role. Choose a colleague or invite one.")),
        endpoint="members.hand_over",
        values={"slug": slug, "id": task.id},
        since=task.at,
    )


def to_look_over(task: Any) -> Line:
    """Point staff to a change that an organisation proposes."""
    return Line(
        title=Sentence(N_("%(name)s asks for another name or number"), {"name": task.name}),
        why=Sentence(N_("Compare it with the register, then make the change or decline it.")),
        endpoint="members.proposal",
        values={"slug": task.slug, "id": task.id},
        since=task.at,
    )


def to_decide(task: Any) -> Line:
    """Point staff to an application for membership that waits for their answer."""
    return Line(
        title=Sentence(N_("%(name)s applies for membership"), {"name": task.name}),
        why=Sentence(N_("They are promised an answer by %(day)s."), {"day": day_of(task.at)}),
        endpoint="members.handle_joining",
        values={"id": task.id},
        due=task.at,
    )


def going(title: str, why: str, *, waits: bool, due: bool) -> Callable[[Any], Line]:
    """Return what points people to the application of their organisation in one state."""

    def line(task: Any) -> Line:
        """Make the line of one application."""
        gaps = {"name": task.name, "day": day_of(task.at)}
        return Line(
            title=Sentence(title, gaps),
            why=Sentence(why, gaps),
            endpoint="members.joining",
            values={"id": task.id},
            due=task.at if due else None,
            since=None if due else task.at,
            waits=waits,
        )

    return line


def day_of(moment: datetime) -> date:
    """Return the day that it is where the cluster is, at a moment that was promised."""
    return queries.today(now=moment)


#: What people read of the application of their organisation, by its state.
GOING = {
    "draft": going(
        N_("Finish the application of %(name)s for membership"),
        N_("Nothing is sent yet."),
        waits=True,
        due=False,
    ),
    "asked": going(
        N_("Answer a question about the membership of %(name)s"),
        N_("Answer by %(day)s, or we take the application as withdrawn."),
        waits=True,
        due=True,
    ),
    "submitted": going(
        N_("The application of %(name)s for membership"),
        N_("It is with us; you have an answer by %(day)s."),
        waits=False,
        due=True,
    ),
    "deferred": going(
        N_("The application of %(name)s for membership"),
        N_("It is put off. Its page says until when, and why."),
        waits=False,
        due=False,
    ),
}


def to_ask(task: Any) -> Line:
    """Offer somebody new to ask for a place where they have an address."""
    return Line(
        title=Sentence(N_("Ask to join %(name)s"), {"name": task.name}),
        why=Sentence(N_("Your address is at its domain. Its administrator answers.")),
        endpoint="members.ask_by_domain",
        values={"slug": task.slug},
    )


def pointing(title: str, why: str, endpoint: str, *, by: str = "id") -> Callable[[Any], Line]:
    """Return what points to one thing that waits, found by its id or by the organisation’s slug."""

    def line(task: Any) -> Line:
        """Make the line of one thing."""
        return Line(
            title=Sentence(title, {"name": task.name, "domain": task.name}),
            why=Sentence(why),
            endpoint=endpoint,
            values={by: getattr(task, by)},
            since=task.at,
        )

    return line


LINES = {
    losing.LOST: pointing(
        N_("%(name)s lost what they sign in with"),
        N_("Two administrators have to agree before their factors are taken away."),
        "members.removal",
    ),
    excluding.EXCLUDE: pointing(
        N_("Shall %(name)s be excluded?"),
        N_("A colleague proposed it. A second person decides."),
        "members.exclusion",
    ),
    wishing.WISH: pointing(
        N_("%(name)s asks for another year or another kind of membership"),
        N_("Agree to it, or say why not."),
        "members.tier_request",
    ),
    **GOING,
    joiners.DECIDE: to_decide,
    privacy.OWED: to_owe,
    companies.SUCCEED: to_hand_over,
    companies.LOOK_OVER: to_look_over,
    companies.BRING_TOGETHER: pointing(
        N_("Is %(name)s here twice?"),
        N_("A colleague proposes to bring two together. A second person decides."),
        "members.merge",
    ),
    domains.OFFER: to_ask,
    domains.LOOK_AT: pointing(
        N_("Is %(domain)s theirs?"),
        N_("An organisation named this domain as its own. Confirm it or remove it."),
        "members.domains",
        by="slug",
    ),
    desk.CONFIRM: pointing(
        N_("Confirm %(name)s"),
        N_("Somebody registered it, and nobody has looked at it yet."),
        "members.organisation",
        by="slug",
    ),
    desk.ANSWER: pointing(
        N_("%(name)s would like to join"),
        N_("Somebody asks about membership and waits for an answer."),
        "members.enquiry",
    ),
    desk.LET_IN: to_let_in,
    desk.ACCEPT: to_accept,
}


def renewals(*, actor: Actor, now: datetime) -> Iterator[Line]:
    """Tell an organisation's people when its membership runs out."""
    today = queries.today(now=now)
    for row in desk.last_periods(actor=actor, until=today + RENEWAL_NOTICE, now=now):
        gone = row.to_on <= today
        yield Line(
            title=Sentence(N_("The membership of %(name)s is due for renewal"), {"name": row.name}),
            why=Sentence(
                N_("The last period ended on %(day)s. Renew it before it lapses on %(lapse)s.")
                if gone
                else N_("It runs until %(day)s. You need do nothing but tell us if it should end."),
                {"day": row.to_on - timedelta(days=1), "lapse": row.to_on + cluster.grace()},
            ),
            endpoint="members.membership",
            values={"slug": row.slug},
            waits=gone,
        )


def on_home(*, now: datetime) -> Panel | None:
    """Show some members on the public home."""
    members = queries.members_on_home(now=now)
    if not members:
        return None
    return Panel(template="members/on_home.html", rank=20, context={"members": members})


def in_sitemap(*, now: datetime) -> Iterator[str]:
    """Name our public pages."""
    for endpoint in ("members.directory", "members.join"):
        yield url_for(endpoint)
    for slug in queries.public_addresses(now=now):
        yield url_for("members.show", slug=slug)
