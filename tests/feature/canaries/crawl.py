"""Opening every page there is: from the table of routes, from links, and by forms that ask."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from itertools import product
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit
from zipfile import ZipFile, is_zipfile

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import Select, select
from werkzeug.routing import Rule

from portal import models
from portal.extensions import db
from tests.feature.canaries.words import SHARED, told

#: What the first gap of an address is filled with, by how the address begins: longest first.
GAPS: Mapping[str, Any] = {
    "/account/addresses/confirm/": ("guessed",),
    "/account/privacy/texts/": models.PageRevision.id,
    "/account/security/passkeys/": models.Passkey.id,
    "/admin/benefits/": models.Benefit.id,
    "/admin/clearing/": models.RetentionRun.id,
    "/admin/enquiries/": models.MembershipEnquiry.id,
    "/admin/exclusions/": models.Exclusion.id,
    "/admin/imports/": models.MemberImport.id,
    "/admin/joining/": models.MembershipApplication.id,
    "/admin/lost-factors/": models.FactorRemoval.id,
    "/admin/membership/requests/": models.TierRequest.id,
    "/admin/merges/": models.MergeRecord.id,
    "/admin/people/": models.Person.id,
    "/admin/prices/": models.TierPrice.id,
    "/admin/privacy/": models.PrivacyRequest.id,
    "/admin/privacy/texts/": models.PageRevision.id,
    "/admin/renewals/": models.RenewalRun.id,
    "/admin/tiers/": models.MembershipTier.id,
    "/events/": models.Event.slug,
    "/events/delegates/": models.Delegate.id,
    "/events/feeds/": (),
    "/events/quotas/": models.Quota.id,
    "/events/registrations/": models.Registration.id,
    "/events/tickets/": models.TicketType.id,
    "/files/": models.StoredFile.id,
    "/join/applications/": models.MembershipApplication.id,
    "/mailbox/": models.OutgoingMail.id,
    "/members/": models.Organisation.slug,
    "/news/": models.Article.slug,
    "/news/manage/": models.Article.id,
    "/news/manage/tags/": models.Tag.id,
    "/news/members/": models.Organisation.slug,
    "/news/private/": (),
    "/news/proposals/": models.Article.id,
    "/organisations/": models.Organisation.slug,
    "/organisations/join/": ("NO",),
    "/organisations/offered/": models.Organisation.slug,
    "/people/": models.Person.id,
    "/programmes/": models.Programme.slug,
    "/programmes/applications/": models.Application.id,
    "/programmes/calls/": models.Call.slug,
    "/programmes/cohorts/": models.Cohort.id,
    "/programmes/manage/applications/": models.Application.id,
    "/programmes/manage/calls/": models.Call.id,
    "/programmes/manage/cohorts/": models.Cohort.id,
    "/programmes/manage/criteria/": models.Criterion.id,
    "/programmes/manage/decisions/": models.ApplicationDecision.id,
    "/programmes/manage/programmes/": models.Programme.id,
    "/programmes/manage/questions/": models.Question.id,
    "/programmes/manage/sections/": models.Section.id,
    "/programmes/milestones/": models.Milestone.id,
    "/programmes/participations/": models.Participation.id,
    "/requests/": models.JoinRequest.id,
    "/reset/": ("guessed",),
    "/sign-in/link/": ("guessed",),
    "/verify/": ("guessed",),
}
#: What further gaps are filled with, by their names.
MORE_GAPS: Mapping[str, Any] = {
    "number": ("0", "1", "2"),
    "id": select(models.Affiliation.id).limit(2),
    "key": ("home", "about", "contact", "privacy", "terms", "accessibility", "sea", "guessed"),
    "kind": ("rss", "atom", "json", "csv", "xlsx", "short"),
    "move": ("check", "extend", "refuse", "finish"),
    "position": ("1", "2"),
}
#: Gaps that are filled by how the address begins, where they come first.
NAMED_BY_BEGIN = {"id", "slug", "token", "country"}
#: Of one address with different questions, no more than so many are asked.
MOST_QUESTIONS = 12
STATIC = {"static", "bootstrap.static"}
#: Links, pictures, and forms that ask, as the pages of the portal write them.
LINKED = re.compile(r'<(?:a|link|img)\s(?:[^>]*\s)?(?:href|src)="([^"]*)"')
ASKING = re.compile(r'<form\s(?:[^>]*\s)?method="get".*?</form>', re.DOTALL)


def addresses(app: Flask) -> list[str]:
    """Fill every address that can be read with every row that it could be about."""
    rules = [r for r in app.url_map.iter_rules() if "GET" in r.methods and r.endpoint not in STATIC]
    with app.app_context():
        return sorted({path for rule in rules for path in filled(rule)})


def filled(rule: Rule) -> Iterator[str]:
    """Fill one address."""
    begin, *rest = re.split(r"<[^>]+>", rule.rule)
    names = re.findall(r"<(?:[^:>]+:)?(\w+)>", rule.rule)
    gaps = [
        GAPS[begin] if number == 0 and name in NAMED_BY_BEGIN else MORE_GAPS[name]
        for number, name in enumerate(names)
    ]
    for values in product(*map(choices, gaps)):
        yield begin + "".join(quote(v) + part for v, part in zip(values, rest, strict=True))


def choices(gap: Any) -> list[str]:
    """Return what a gap may be filled with."""
    if isinstance(gap, tuple):
        return list(gap)
    asked = gap if isinstance(gap, Select) else select(gap)
    return [str(value) for value in db.session.scalars(asked)]


class Crawler:
    """Opens pages as somebody and notes every secret that is given away, and where."""

    def __init__(self, client: Any, *, language: str) -> None:
        self.client, self.language = client, language
        self.given_away: defaultdict[str, set[str]] = defaultdict(set)
        self.asked: defaultdict[str, set[str]] = defaultdict(set)
        self.statuses: defaultdict[int, int] = defaultdict(int)

    def crawl(self, paths: list[str]) -> None:
        """Open these addresses, and whatever they lead to."""
        waiting = list(reversed(paths))
        while waiting:
            path = waiting.pop()
            if self.is_new(path):
                waiting.extend(self.visit(path))

    def is_new(self, path: str) -> bool:
        """Tell whether an address was not asked for yet, nor others like it too often."""
        place, _mark, question = path.partition("?")
        asked = self.asked[place]
        if question in asked or len(asked) > MOST_QUESTIONS:
            return False
        asked.add(question)
        return True

    def visit(self, path: str) -> list[str]:
        """Open a page, note what it gives away, and return where it leads."""
        response = self.client.get(path, headers={"Accept-Language": self.language})
        self.statuses[response.status_code] += 1
        assert response.status_code < 500 or path == "/readyz", f"{path}: {response.status}"
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
        content = readable(response.data)
        for secret in told(without(path, headers + "\n\n" + content)):
            self.given_away[secret].add(path)
        if response.location:
            led = inside(response.location)
            return [led] if led and not led.startswith("/sign-in") else []
        return list(leads(content)) if response.mimetype == "text/html" else []


def readable(content: bytes) -> str:
    """Return what a file says, also of one that is packed."""
    if content.startswith(b"PK") and is_zipfile(BytesIO(content)):
        packed = ZipFile(BytesIO(content))
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return content.decode(errors="replace")


def without(path: str, content: str) -> str:
    """Leave out what a page says only because it was asked for it."""
    place = path.partition("?")[0]
    for written in {place, quote(place, safe=""), unquote(place)}:
        if place != "/":
            content = content.replace(written, "")
    return content


def leads(html: str) -> Iterator[str]:
    """Yield where a page leads: its links, its pictures, its forms that ask."""
    yield from filter(None, (inside(unescape(address)) for address in LINKED.findall(html)))
    for form in BeautifulSoup("".join(ASKING.findall(html)), "html.parser").select("form"):
        words = form.select("input[type=search], input[type=text]")
        hidden = form.select("input[type=hidden][name]")
        given = {box["name"]: box.get("value", "") for box in hidden}
        given |= {box["name"]: SHARED for box in words}
        if words and (place := inside(form.get("action") or "")):
            yield f"{place}?{urlencode(given)}"


def inside(address: str) -> str:
    """Return the path of an address of ours, and nothing of another."""
    parts = urlsplit(address)
    if not parts.path.startswith("/") or parts.path.startswith("/static"):
        return ""
    if parts.netloc not in {"", "localhost", "127.0.0.1:8000"}:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
