"""What every page asks of the database: little, the same for few rows and for many, by indexes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from portal.extensions import db
from tests.architecture.crowd import gather
from tests.architecture.matrix import Row
from tests.architecture.theatre import Theatre
from tests.architecture.visits import PAGES, readers
from tests.support.databases import Stage, lend
from tests.support.statements import Asked, heard

MOST, ON_A_DESK = 8, 12
#: What a page may spend on who is asking: their session, and their rights.
WHO_IS_ASKING = 2
ASKS_WHO = re.compile(r"login_session\.token_hash =|AS confirmed \nFROM affiliation")
#: What grows with a portal, and is never read from end to end, nor given an index for one page.
GROWS = (
    "affiliation|answer|application|benefit_use|exclusion|former_suspension|membership_notice"
    "|renewal_line|renewal_run|application_decision|application_revision|article"
    "|article_organisation|article_revision|article_slug|article_tag|audit_event"
    "|calendar_feed|delegate|delegate_history|event|former_delegate|registration"
    "|merge_record|organisation_proposal|person_visibility|succession"
    "|invitation|join_request|login_session|membership|membership_enquiry|membership_period"
    "|authenticator_app|passkey|recovery_code|consent_event|personal_export|privacy_request|retention_run"
    "|email_address|address_claim|organisation_domain|sign_in_link|issuer_identity|used_answer"
    "|member_import|member_import_row|membership_application|joining_message"
    "|milestone|offer|organisation|organisation_service|participation|person|reminder"
    "|search_document|search_word|stored_file|tier_request"
)
SCANNED = re.compile(rf"SCAN (?:{GROWS})(?:_\d+)?(?! USING)\b(?!_)|USING AUTOMATIC")
#: Lists that grow without end: none of them is sorted before its first page is shown.
LONG_LISTS = {
    "events.delegates", "events.index", "events.manage", "events.past", "events.registrations",
    "members.directory", "members.every_domain", "members.joining_queue",
    "members.member_register", "members.register_roles", "members.renewal_run", "members.renewals",
    "members.imports", "members.member_import", "members.staff_organisations",
    "members.merges", "members.proposals", "members.staff_people",
    "members.clearings", "members.privacy_requests",
    "members.staff_requests", "programmes.call_applications",
    "news.index", "news.manage", "news.versions", "programmes.manage", "site.failed_jobs",
    "site.revisions",
}  # fmt: skip
SORTED = re.compile(
    rf"^(?:SCAN|SEARCH) (?:{GROWS}|call|job|page_revision)\b.*USE TEMP B-TREE FOR ORDER BY",
    re.DOTALL,
)
#: Skips rows of what it returns; a question inside may ask whether there are more than so many.
SKIPS = re.compile(r"\bOFFSET (?:\d+|%\(\w+\)s)(?:::\w+)?\s*$")
#: What is counted as it is, because there are never many: what one call asks, and the decisions
#: that somebody prepared and nobody published yet.
ALWAYS_FEW = ("FROM section JOIN form_version", "FROM application_decision")


@contextmanager
def crowded(server: str | None, folder: Path, size: int) -> Iterator[Theatre]:
    """Lend a world with so many of everything."""
    with lend(server, folder) as url:
        stage = Stage(url, folder)
        theatre = Theatre(stage)
        gather(stage.app, theatre.known, size)
        yield theatre
        stage.close()


@pytest.fixture(scope="module")
def few(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    with crowded(server, tmp_path_factory.mktemp("few"), 10) as theatre:
        yield theatre


@pytest.fixture(scope="module")
def many(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    with crowded(server, tmp_path_factory.mktemp("many"), 1000) as theatre:
        yield theatre


def opened(theatre: Theatre, row: Row, *, kind: str) -> list[Asked]:
    """Open a page a second time, when everything that is put together once is, and listen."""
    path = theatre.place(row)
    theatre.open("GET", path, kind=kind)
    with heard() as statements:
        status = theatre.open("GET", path, kind=kind).status_code
    assert status == 200, (row, kind)
    return statements


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_asks_little_the_same_of_few_rows_and_of_many_and_by_indexes(
    few, many, database, row
):
    for kind in readers(row):
        asked, before = opened(many, row, kind=kind), opened(few, row, kind=kind)
        keeps_to_its_budget(row, asked, before)
        for statement in asked:
            is_bounded(statement, database)
        if database == "sqlite":  # PostgreSQL reads a thousand rows faster than it looks things up
            goes_by_indexes(row, explained(many, asked))


def keeps_to_its_budget(row: Row, asked: list[Asked], before: list[Asked]) -> None:
    """Fail when a page asks too much, or more where there are more rows."""
    budget = ON_A_DESK if row.endpoint == "site.desk" else MOST
    assert len(asked) <= budget, "\n".join(asked)
    assert len(asked) == len(before), "\n".join([*asked, "but:", *before])
    asking = [each for each in asked if ASKS_WHO.search(each)]
    assert len(asking) <= WHO_IS_ASKING, "\n".join(asking)


def is_bounded(statement: str, database: str) -> None:
    """Fail when a statement skips rows of its page, or counts them without end."""
    # SQLite is always told to skip 0 rows; PostgreSQL only where somebody meant it.
    assert database == "sqlite" or not SKIPS.search(statement), statement
    bounded = "LIMIT" in statement or any(each in statement for each in ALWAYS_FEW)
    assert bounded or "count(" not in statement, statement


def explained(theatre: Theatre, asked: list[Asked]) -> list[tuple[str, str]]:
    """Return how SQLite finds the rows of each statement that reads."""
    with theatre.app.app_context(), db.engine.connect() as connection:
        return [
            (statement, "\n".join(step.detail for step in plan))
            for statement in asked
            if statement.lstrip().startswith(("SELECT", "WITH"))
            for plan in [explain(connection, statement)]
        ]


def explain(connection: Connection, statement: Asked) -> Any:
    """Ask SQLite how it would find the rows of a statement."""
    return connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", statement.given)


def goes_by_indexes(row: Row, plans: list[tuple[str, str]]) -> None:
    """Fail when rows are searched from end to end, or a long list sorted before its first page."""
    for statement, plan in plans:
        assert not SCANNED.search(plan), f"{plan}\n{statement}"
        page = is_long(row) and "LIMIT" in statement
        assert not (page and SORTED.search(plan)), f"{plan}\n{statement}"


def is_long(row: Row) -> bool:
    """Tell whether a list grows without end: not if it was narrowed to a few before it is sorted.

    What waits for an answer is never much, and of people found by a name so many are sorted as are
    shown.
    """
    if row.endpoint == "members.enquiries":
        return row.variant == "(all)"
    narrowed = row.variant == "(unconfirmed)" or str(row) == "GET members.staff_people (named)"
    return row.endpoint in LONG_LISTS and not narrowed
