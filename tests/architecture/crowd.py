"""A world with many of everything: rows of the world, copied as often as a size asks for."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, Table, func, insert, select, text
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.alphabet import name_key
from portal.extensions import db
from portal.models import Base
from portal.search.rebuilding import rebuild

TABLES: Mapping[str, Table] = Base.metadata.tables
Vary = Callable[[int], Mapping[str, Any]]

#: Rows with a timeline: by their tables, what the world calls them.
STORIES = (
    ("organisation", "own_id"), ("person", "colleague"), ("application", "sent"),
    ("application", "draft"), ("programme", "programme"), ("cohort", "planned"),
    ("call", "fresh"), ("participation", "participation"), ("milestone", "milestone_submitted"),
    ("membership_enquiry", "enquiry"), ("membership_application", "joining_sent"),
    ("privacy_request", "privacy_of_member"),
    ("article", "article_draft"),
    ("event", "fair"), ("delegate", "delegate_going"),
)  # fmt: skip


def gather(app: Flask, known: Mapping[str, str], size: int) -> None:
    """Copy what a portal has many of, then let the database look at what it holds."""
    with app.app_context(), db.engine.begin() as connection:
        Crowd(connection, known, size).gather()
    with app.app_context():
        rebuild()
    with app.app_context(), db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


class Crowd:
    """Copies rows of the world into their tables."""

    def __init__(self, connection: Connection, known: Mapping[str, str], size: int) -> None:
        self.connection, self.known, self.numbers = connection, known, range(size)
        self.at = clock.now() - timedelta(days=40)

    def gather(self) -> None:
        """Copy everything, parents first."""
        firms = self.copy("organisation", self.id("other_id"), self.firm)
        people = self.copy(
            "person", self.id("colleague"), lambda n: {"email": f"{n}@crowd.example"}
        )
        self.members(firms, people)
        self.applicants(firms)
        self.companies(firms)
        self.waiting(firms, people)
        self.joining(firms)
        self.lists()
        self.belonging()
        self.own_data(people)
        self.news()
        self.events()
        for table, name in STORIES:
            self.story(table, self.id(name))

    def id(self, name: str) -> UUID:
        """Return the key of what the world calls so."""
        return UUID(self.known[name])

    def copy(self, name: str, of: UUID | None, vary: Vary) -> list[UUID]:
        """Copy one row of a table, each copy with what sets it apart; return their keys."""
        table = TABLES[name]
        like = select(table).limit(1)
        like = like.where(table.c.id == of) if of else like
        row = dict(self.connection.execute(like).mappings().one())
        keys = [uuid7() for _ in self.numbers]
        copies = [
            row | {"id": key, "created_at": self.at + timedelta(seconds=n)} | dict(vary(n))
            for n, key in zip(self.numbers, keys, strict=True)
        ]
        self.connection.execute(insert(table), copies)
        return keys

    def firm(self, n: int) -> dict[str, Any]:
        """Return what sets one organisation apart."""
        name = f"Firm {n:05}"
        return {
            "slug": f"firm-{n}", "display_name": name, "name_key": name_key(name),
            "confirmed_at": None if n % 2 else self.at,
        }  # fmt: skip

    def members(self, firms: list[UUID], people: list[UUID]) -> None:
        """Make every firm a member, and let everybody belong to the organisation."""
        rows = self.copy(
            "membership", None,
            lambda n: {"organisation_id": firms[n], "number": 50_000 + n, "suspended_from": None},
        )  # fmt: skip
        self.copy("membership_period", None, lambda n: {"membership_id": rows[n]})
        self.copy("affiliation", self.id("affiliation"), lambda n: {"person_id": people[n]})
        for who in ("member", "colleague"):
            hashes = {"person_id": self.id(who)}
            self.copy(
                "login_session", self.id("other_session"),
                lambda n, who=who, hashes=hashes: hashes | {"token_hash": f"{who} {n}"},
            )  # fmt: skip

    def applicants(self, firms: list[UUID]) -> None:
        """Let every firm have applied to one call, and the organisation to many."""
        states = ("submitted", "in_review", "unsuccessful", "declined")
        call = self.id("approved_call")
        self.copy(
            "application", self.id("sent"),
            lambda n: {
                "organisation_id": firms[n], "call_id": call, "reference": f"APP-2030-{n:05}",
                "applicant_key": f"firm {n:05}", "state": states[n % 4],
                "submitted_at": self.at - timedelta(seconds=n),
            },
        )  # fmt: skip
        self.copy(
            "application", self.id("sent"),
            lambda n: {
                "call_id": call, "reference": f"APP-2031-{n:05}", "state": states[2 + n % 2],
                "submitted_at": self.at - timedelta(seconds=n),
            },
        )  # fmt: skip
        self.copy("call", self.id("finished"), lambda n: {"slug": f"call-{n}"})

    def companies(self, firms: list[UUID]) -> None:
        """Let every firm take part in the cohort, each with a milestone; the organisation many."""
        rows = self.copy(
            "participation", self.id("participation"), lambda n: {"organisation_id": firms[n]}
        )
        planned = self.id("milestone_planned")
        self.copy("milestone", planned, lambda n: {"participation_id": rows[n]})
        self.copy("milestone", planned, lambda n: {"title": f"Milestone {n}"})

    def waiting(self, firms: list[UUID], people: list[UUID]) -> None:
        """Let much wait for staff and for the organisation."""
        self.copy("membership_enquiry", self.id("enquiry"), lambda n: {"name": f"Person {n}"})
        self.copy("join_request", self.id("request"), lambda n: {"person_id": people[n]})
        self.copy(
            "invitation", self.id("invitation"),
            lambda n: {"email": f"{n}@invited.example", "token_hash": f"invited {n}"},
        )  # fmt: skip
        self.copy("job", self.id("job"), lambda n: {"failed_at": self.at})
        self.copy("succession", self.id("succession"), lambda n: {"person_id": people[n]})
        done = {"state": "declined", "answered_by_id": self.id("boss"), "answered_at": self.at}
        self.copy("merge_record", self.id("merge_by_deputy"), lambda n: done)
        self.copy(
            "organisation_proposal", self.id("proposal"), lambda n: {"organisation_id": firms[n]}
        )
        page = {"page_key": "about"}
        self.copy("page_revision", None, lambda n: page | {"number": 10 + n})

    def joining(self, firms: list[UUID]) -> None:
        """Let every firm apply for membership, and much be asked of one."""
        self.copy(
            "membership_application", self.id("joining_sent"),
            lambda n: {
                "organisation_id": firms[n], "reference": f"2027-{n:05}",
                "promised_at": self.at + timedelta(days=50, seconds=n),
            },
        )  # fmt: skip
        self.copy("joining_message", None, lambda n: {"text": f"Question {n}"})

    def lists(self) -> None:
        """Let many lists have been imported, and two of them be long."""
        self.copy("member_import", self.id("import_written"), lambda n: {"name": f"List {n}"})
        for name in ("import_ready", "import_written"):
            of = self.id(name)
            line = {"import_id": of, "verdict": "new"}
            done = name == "import_written"
            more = {"outcome": "refused"} if done else {"outcome": None}
            self.copy(
                "member_import_row", None, lambda n, more=line | more: more | {"number": 10 + n}
            )

    def belonging(self) -> None:
        """Let much of a benefit be used, and many runs of renewals be long."""
        self.copy("benefit_use", self.id("benefit_use"), lambda n: {"reference": f"Use {n}"})
        self.copy("renewal_run", self.id("renewals_done"), lambda n: {"total": n})
        for name in ("ready", "done"):
            of = {"run_id": self.id(f"renewals_{name}"), "verdict": "renew", "outcome": None}
            self.copy("renewal_line", self.id("line_to_renew"),
                      lambda n, of=of: of | {"number": 10 + n})  # fmt: skip

    def own_data(self, people: list[UUID]) -> None:
        """Let many ask about their data, and much have been cleared; and the member ask a lot."""
        asked = self.id("privacy_of_member")
        self.copy("privacy_request", asked, lambda n: {"person_id": people[n]})
        for table in ("personal_export", "consent_event"):
            self.copy(table, None, lambda n: {"person_id": self.id("member")})
        self.copy("retention_run", self.id("clearing_counted"), lambda n: {"counted_at": self.at})

    def news(self) -> None:
        """Let much be told of the organisation, under one tag, and much be proposed by it."""
        written = (("article_live", "published_at"), ("article_review", "edited_at"),
                   ("article_proposed", "created_at"))  # fmt: skip
        for name, moment in written:
            keys = self.copy(
                "article", self.id(name),
                lambda n, name=name, moment=moment: {
                    "slug": f"{name}-{n}", moment: self.at + timedelta(seconds=n)
                },
            )  # fmt: skip
            first = {"number": 1, "picture_id": None, "alternative": ""}
            self.copy(
                "article_revision", None,
                lambda n, keys=keys, first=first: first | {"article_id": keys[n]},
            )  # fmt: skip
            if name == "article_live":
                self.told(keys)
        draft = {"article_id": self.id("article_draft")}
        self.copy("article_revision", None, lambda n: draft | {"number": 10 + n})

    def told(self, articles: list[UUID]) -> None:
        """Let articles be about the organisation and have the tag."""
        for table, column in (
            ("article_tag", "tag_id"),
            ("article_organisation", "organisation_id"),
        ):
            links, like = TABLES[table], select(TABLES[table].c[column])
            of = like.where(TABLES[table].c.article_id == self.id("article_live"))
            other = self.connection.scalar(of)
            self.connection.execute(
                insert(links), [{"article_id": key, column: other} for key in articles]
            )

    def events(self) -> None:
        """Let there be many events, past and to come, and many delegates at one of them."""
        self.copy("event", self.id("fair"), self.fair)
        booked = self.copy("registration", self.id("registration"), lambda n: {
            "client_token": f"token {n}"
        })  # fmt: skip
        states = ("confirmed", "requested", "withdrawn", "rejected")
        for begins, person in (("Guest", None), ("Member", self.id("member"))):
            self.copy(
                "delegate", self.id("delegate_going"),
                lambda n, begins=begins, person=person: {
                    "email": f"{begins.lower()}{n}@crowd.example", "registration_id": booked[n],
                    "name": f"{begins} {n:05}", "name_key": f"{begins.lower()} {n:05}",
                    "person_id": person, "state": states[n % 4],
                },
            )  # fmt: skip
        self.copy(
            "delegate", self.id("delegate_waiting"),
            lambda n: {
                "email": f"waiting{n}@crowd.example", "waiting_number": 1000 + n,
                "name": f"Waiting {n:05}", "name_key": f"waiting {n:05}",
            },
        )  # fmt: skip

    def fair(self, n: int) -> dict[str, Any]:
        """Return what sets one event apart: every other one is over."""
        begins = clock.now() + timedelta(days=n % 60 + 2 if n % 2 else -3 - n % 60, seconds=n)
        return {
            "slug": f"fair-{n}", "starts_at": begins, "ends_at": begins + timedelta(days=1),
            "registration_opens_at": begins - timedelta(days=90),
            "registration_closes_at": begins - timedelta(days=1),
        }  # fmt: skip

    def story(self, table: str, of: UUID) -> None:
        """Let much have happened to a row."""
        events = TABLES["audit_event"]
        line = dict(self.connection.execute(select(events).limit(1)).mappings().one())
        last = self.connection.scalar(select(func.max(events.c.seq))) or 0
        about = {"subject_type": table, "subject_id": of}
        lines = [line | about | {"seq": last + 1 + n} for n in self.numbers]
        self.connection.execute(insert(events), lines)
