"""The administration, failed work, and what machines ask."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import create_app
from portal.core import clock
from portal.models import AuditEvent, Heartbeat, Job
from portal.site import readiness
from tests.support.databases import settings

ROLES = ["programmes", "events", "membership", "editor", "administrator"]


def failed(session, **more):
    job = Job(
        **{
            "name": "mail.send",
            "arguments": {"mail": "0190d6a5-0000-7000-8000-000000000001", "who": "Kari"},
            "run_at": clock.now(),
            "tries": 5,
            "failed_at": clock.now(),
            "error": "SMTPRecipientsRefused: kari@firma.no",
        }
        | more
    )
    session.add(job)
    session.commit()
    return job


def test_people_without_a_role_have_no_administration(browser, make):
    browser.sign_in(make.Person())
    browser.get("site.admin", expect=403)
    browser.get("site.failed_jobs", expect=403)


@pytest.mark.parametrize("role", ROLES)
def test_staff_see_the_parts_that_their_roles_open(browser, make, role):
    browser.sign_in(make.staff(role))
    shown = {a["href"] for a in browser.get("site.admin").select("main a")}
    assert ("/admin/pages" in shown) is (role in {"editor", "administrator"})
    assert ("/admin/cluster" in shown) is (role == "administrator")
    assert ("/admin/jobs" in shown) is (role == "administrator")


def test_failed_work_is_shown_with_its_error_and_nobodys_name(browser, make, session):
    failed(session)
    browser.sign_in(make.staff("administrator"))
    page = browser.get("site.failed_jobs")
    text = page.select_one("main").text
    assert "mail.send" in text
    assert "SMTPRecipientsRefused: …" in text
    assert "0190d6a5-0000-7000-8000-000000000001" in text
    assert "kari" not in text.lower()


def test_failed_work_is_tried_again(browser, make, session):
    job = failed(session)
    admin = make.staff("administrator")
    browser.sign_in(admin)
    browser.press("site.failed_jobs", "Try again")
    session.refresh(job)
    assert (job.failed_at, job.tries, job.error) == (None, 0, "")
    [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "job.retried"))
    assert (event.actor_id, event.subject_id) == (admin.id, job.id)
    assert "Nothing has failed." in browser.get("site.failed_jobs").text
    browser.send("site.retry", id=job.id, expect=404)


@pytest.mark.parametrize("role", ROLES[:-1])
def test_others_do_not_touch_failed_work(browser, make, session, role):
    job = failed(session)
    browser.sign_in(make.staff(role))
    browser.send("site.retry", id=job.id, expect=404)
    assert session.scalar(select(func.count(Job.id)).where(Job.failed_at.is_not(None))) == 1


def test_a_long_list_of_failures_goes_on(browser, make, session):
    for number in range(30):
        failed(session, failed_at=datetime(2026, 1, 1, number % 24, number, tzinfo=UTC))
    browser.sign_in(make.staff("administrator"))
    first = browser.get("site.failed_jobs")
    assert len(first.select("main section.panel")) == 25
    older = browser.open("GET", "/admin/jobs" + first.select_one("a[rel=next]")["href"])
    assert len(older.select("main section.panel")) == 5
    newer = browser.open("GET", "/admin/jobs" + older.select_one("a[rel=prev]")["href"])
    assert len(newer.select("main section.panel")) == 25


@pytest.fixture
def migrated(monkeypatch):
    monkeypatch.setattr(readiness, "is_migrated", lambda _folder: True)


def test_the_portal_is_ready_when_every_part_is(browser, session, migrated):
    session.add(Heartbeat(worker="one", at=clock.now()))
    session.commit()
    browser.open("GET", "/readyz")
    assert browser.response.json == {
        "ok": True,
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
    }
    assert browser.response.headers["Cache-Control"] == "no-store"


def test_a_worker_that_was_not_heard_of_for_a_minute_makes_it_unready(browser, session, migrated):
    session.add(Heartbeat(worker="one", at=clock.now() - timedelta(seconds=61)))
    session.commit()
    browser.open("GET", "/readyz", expect=503)
    assert browser.response.json["worker"] == "silent"


def test_a_database_that_was_not_migrated_makes_it_unready(browser):
    browser.open("GET", "/readyz", expect=503)
    assert browser.response.json["migrations"] == "behind"


def test_there_is_one_last_migration():
    assert len(readiness.heads(str(Path("migrations").resolve()))) == 1


def test_a_database_that_does_not_answer_is_said_plainly(browser, monkeypatch):
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - here alone

    def broken(**_):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(readiness, "parts", broken)
    browser.open("GET", "/readyz", expect=503)
    assert browser.response.json["database"] == "silent"


def test_the_process_is_there_though_its_database_is_not(tmp_path):
    nowhere = "postgresql+psycopg://nobody:nothing@127.0.0.1:1/nowhere"
    client = create_app(settings(nowhere, tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json["database"] == "silent"
    page = client.get("/")
    assert page.status_code == 503
    assert page.text.startswith("<!doctype html>")


def test_machines_are_told_what_to_read(browser):
    robots = browser.client.get("/robots.txt").text
    assert "Disallow: /admin\n" in robots
    assert "Sitemap: http" in robots
    sitemap = browser.client.get("/sitemap.xml")
    assert sitemap.mimetype == "application/xml"
    for path in ("/", "/about", "/privacy", "/terms", "/contact", "/accessibility"):
        assert f"{path}</loc>" in sitemap.text
    assert browser.client.get("/site.webmanifest").json["name"] == "Test Cluster"


def test_a_page_can_be_shared(browser):
    page = browser.get("site.page", key="about")
    told = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert told["og:title"] == "About us"
    assert told["og:site_name"] == "Test Cluster"
    assert told["og:url"].endswith("/about")
    assert page.select_one("meta[name=description]")["content"] == "Some words."
    assert page.select_one("link[rel=canonical]")["href"].endswith("/about")


def test_the_components_are_for_those_who_build_them(browser):
    browser.get("site.components", expect=404)
