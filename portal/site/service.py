"""The site's deeds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Cluster,
    Job,
    OneTimeToken,
    Page,
    PageRevision,
    Person,
    StaffGrant,
    StaffRole,
    TokenPurpose,
)
from portal.platform import audit, files, jobs, tokens
from portal.platform.audit import About
from portal.platform.auth import actor_of
from portal.platform.cluster import forget
from portal.platform.versions import unchanged
from portal.site import first_pages, rules
from portal.site.deeds import SiteDeed

WRONG_CODE = Sentence(
    N_("This code does not open the portal. Copy the newest one from the terminal in which the"
       " portal was started, or run “flask setup-code” there for another.")
)  # fmt: skip
SET_UP_ALREADY = Sentence(
    N_("This portal has been set up already. Sign in, or ask its administrator to invite you.")
)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a cluster says of itself. `zone` is an IANA name."""

    name: str
    place: str
    sender_address: str
    language: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """The first administrator, before there is anybody."""

    name: str
    email: str
    password_hash: str


def set_up(
    code: str,
    details: Details,
    *,
    administrator: Newcomer,
    now: datetime,
    logo: files.Upload | None = None,
) -> Person:
    """Open an empty portal, once: the cluster, its first pages, its first administrator.

    Raises Mistake for a code that is wrong, too old or spent, Refused once there is a cluster.
    """
    if db.session.scalar(select(Cluster.id)):
        raise Refused(SET_UP_ALREADY)
    spend(code, now=now)
    person = first_administrator(administrator, details.language, now=now)
    found_cluster(details, actor=actor_of(person, now=now), now=now, logo=logo)
    return person


def first_administrator(newcomer: Newcomer, language: str, *, now: datetime) -> Person:
    """Make the person whom nobody could have invited; the code stands for a confirmed address."""
    person = Person(**asdict(newcomer), language=language, verified_at=now, created_at=now)
    db.session.add(person)
    db.session.flush()
    db.session.add(
        StaffGrant(
            person_id=person.id,
            role=StaffRole.ADMINISTRATOR,
            starts_at=now,
            granted_by_id=person.id,
        )
    )
    db.session.flush()
    return person


def spend(code: str, *, now: datetime) -> None:
    """Use the code up. Of two who send it at once, one finds it spent."""
    fresh = update(OneTimeToken).where(
        OneTimeToken.purpose == TokenPurpose.SETUP,
        OneTimeToken.token_hash == tokens.digest(code),
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now,
    )
    if db.session.execute(fresh.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]  # typed as Result
        raise Mistake("code", WRONG_CODE)


def is_good_code(code: str, *, now: datetime) -> bool:
    """Tell whether a code would open the portal, without using it up."""
    found = select(OneTimeToken.id).where(
        OneTimeToken.purpose == TokenPurpose.SETUP,
        OneTimeToken.token_hash == tokens.digest(code),
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now,
    )
    return db.session.scalar(found) is not None


def found_cluster(
    details: Details,
    *,
    actor: Actor,
    now: datetime,
    logo: files.Upload | None = None,
    demo: bool = False,
) -> Cluster:
    """Make the cluster and write its first pages."""
    cluster = Cluster(**asdict(details), demo=demo, created_at=now)
    db.session.add(cluster)
    db.session.flush()
    put_logo(cluster, logo, actor=actor)
    write_first_pages(details, now=now)
    audit.record(SiteDeed.SET_UP, cluster, actor=actor, now=now)
    forget()
    return cluster


def write_first_pages(details: Details, *, now: datetime) -> None:
    """Write the pages that a portal begins with, for editors to make their own.

    They have no author. Pages that are there already are left alone.
    """
    gaps = {
        "cluster": details.name,
        "address": details.sender_address,
        "in_place": f", {details.place}" if details.place else "",
    }
    there = set(db.session.scalars(select(Page.key)))
    for key, words in first_pages.read(gaps).items():
        if key not in there:
            revision = revise(key, 1, words, actor=None, now=now)
            db.session.add(Page(key=key, revision_id=revision.id, created_at=now))
    db.session.flush()


def change_cluster(
    cluster: Cluster,
    details: Details,
    *,
    version: int | None,
    actor: Actor,
    now: datetime,
    logo: files.Upload | None = None,
) -> None:
    """Give the cluster another name, place, sender, language, zone or logo."""
    kept = {name: getattr(cluster, name) for name in asdict(details)}
    unchanged(cluster, version, theirs=kept)
    for name, value in asdict(details).items():
        setattr(cluster, name, value)
    put_logo(cluster, logo, actor=actor)
    changed = [name for name, value in asdict(details).items() if kept[name] != value]
    about = About(details={"changed": changed + ["logo"] * bool(logo)}, internal=True)
    audit.record(SiteDeed.CLUSTER_CHANGED, cluster, actor=actor, now=now, about=about)
    forget()


def put_logo(cluster: Cluster, logo: files.Upload | None, *, actor: Actor) -> None:
    """Give the cluster a logo, if there is a new one."""
    if logo:
        kept = files.keep(logo, owner_type="cluster", owner_id=cluster.id, actor=actor)
        cluster.logo_id = kept.id


def edit_page(
    page: Page, words: Mapping[str, str], *, version: int | None, actor: Actor, now: datetime
) -> PageRevision:
    """Publish a new text of a page; what it said before stays to be read.

    Raises Clash when somebody published meanwhile, Mistake when nothing is new.
    """
    kept = {name: getattr(page.revision, name) for name in words}
    unchanged(page, version, theirs=kept)
    if reason := rules.nothing_new(kept, words):
        raise Mistake("title_en", reason)
    number = page.revision.number + 1
    revision = revise(page.key, number, words, actor=actor, now=now)
    page.revision_id = revision.id
    note = f"{page.key} {number}"
    about = About(details={"page": note}, internal=True)
    audit.record(SiteDeed.PAGE_EDITED, page, actor=actor, now=now, about=about)
    return revision


def revise(
    key: str, number: int, words: Mapping[str, str], *, actor: Actor | None, now: datetime
) -> PageRevision:
    """Put down what a page says from now on."""
    revision = PageRevision(
        page_key=key,
        number=number,
        **words,
        edited_by_id=actor and actor.id,
        at=now,
        created_at=now,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def retry(job: Job, *, actor: Actor, now: datetime) -> None:
    """Have failed work tried again from the beginning."""
    jobs.retry(job, now=now)
    about = About(details={"job": job.name}, internal=True)
    audit.record(SiteDeed.JOB_RETRIED, job, actor=actor, now=now, about=about)


def choose_language(person: Person, language: str, *, actor: Actor, now: datetime) -> None:
    """Write to somebody in another language from now on."""
    if person.language == language:
        return
    person.language = language
    about = About(details={"language": language}, internal=True)
    audit.record(SiteDeed.LANGUAGE_CHOSEN, person, actor=actor, now=now, about=about)
