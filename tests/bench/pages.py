"""The pages that the bars are about: for everybody 5 times the floor, for people signed in 8."""

from collections.abc import Mapping

from tests.bench.measuring import Page

SIGNED_IN, ON_A_DESK = 8, 12


def pages(known: Mapping[str, str]) -> list[Page]:
    """Return the pages, with the addresses and cookies of what was seeded."""
    return [*public(known), *applications(known), *delegates(known), *desks(known)]


def public(known: Mapping[str, str]) -> list[Page]:
    """Return what everybody opens."""
    narrowed = f"/members?sector={known['sector']}&size={known['class']}"
    asked = f"/search?q={known['question']}"
    return [
        Page(name="home", endpoint="site.home", path="/"),
        Page(name="calls", endpoint="programmes.index", path="/programmes"),
        Page(name="call", endpoint="programmes.call", path=f"/programmes/calls/{known['call']}"),
        Page(name="events", endpoint="events.index", path="/events"),
        Page(name="event", endpoint="events.event", path=f"/events/{known['event']}"),
        Page(name="news list", endpoint="news.index", path="/news"),
        Page(name="news article", endpoint="news.story", path=f"/news/{known['article']}"),
        Page(name="members", endpoint="members.directory", path="/members"),
        Page(name="members, two filters", endpoint="members.directory", path=narrowed),
        Page(name="search, two words", endpoint="search.results", path=asked),
    ]


def applications(known: Mapping[str, str]) -> list[Page]:
    """Return a founder's own application, and the staff's list of a call's applications."""
    founder, staff = known["founder_cookie"], known["staff_cookie"]
    own = f"/programmes/applications/{known['application']}"
    listing = f"/programmes/manage/calls/{known['closed']}/applications"
    of_call = {"endpoint": "programmes.call_applications", "cookie": staff, "times": SIGNED_IN}
    return [
        Page(name="application", endpoint="programmes.application", cookie=founder,
             times=SIGNED_IN, path=own),
        Page(name="staff list", path=listing, **of_call),
        Page(name="staff list, deep", path=f"{listing}?mark={known['deep']}", **of_call),
        Page(name="staff list, filters", path=f"{listing}?state=submitted&q=company+0005",
             **of_call),
    ]  # fmt: skip


def delegates(known: Mapping[str, str]) -> list[Page]:
    """Return the staff's list of an event's delegates."""
    listing = f"/events/{known['event']}/delegates"
    of_event = {
        "endpoint": "events.delegates", "cookie": known["events_cookie"], "times": SIGNED_IN
    }  # fmt: skip
    return [
        Page(name="delegates", path=listing, **of_event),
        Page(name="delegates, a filter", path=f"{listing}?state=waitlisted", **of_event),
    ]


def desks(known: Mapping[str, str]) -> list[Page]:
    """Return what people see first when they have signed in."""
    desk = {
        "endpoint": "site.desk", "path": "/desk", "times": SIGNED_IN, "statements": ON_A_DESK
    }  # fmt: skip
    return [
        Page(name="desk, founder", cookie=known["founder_cookie"], **desk),
        Page(name="desk, staff", cookie=known["staff_cookie"], **desk),
    ]
