"""What staff do with programmes, cohorts and agreements."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.errors import Mistake, Refused
from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Actor, Agreement, Cohort, CohortState, Programme, ProgrammeKind
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.versions import unchanged
from portal.programmes import places
from portal.programmes.deeds import ProgrammeDeed
from portal.programmes.queries import programmes as queries
from portal.programmes.workflow import COHORT

#: Words that the portal itself uses in the place where a programme's address stands.
RESERVED = frozenset(
    {"applications", "calls", "cohorts", "manage", "milestones", "offers", "participations"}
)
BACKWARDS = Sentence(N_("The last day must come after the first."))
OVER = Sentence(N_("This cohort is over and is not edited any more."))


@dataclass(frozen=True, kw_only=True)
class ProgrammeWords:
    """What a programme says of itself. The texts are Markdown."""

    kind: ProgrammeKind
    name_en: str
    name_nb: str
    summary_en: str = ""
    summary_nb: str = ""
    text_en: str = ""
    text_nb: str = ""


@dataclass(frozen=True, kw_only=True)
class CohortTerms:
    """When a cohort runs, how many places it has, and who runs it."""

    name_en: str
    name_nb: str
    starts_on: date
    ends_on: date
    capacity: int
    manager_id: UUID


def make_programme(words: ProgrammeWords, *, actor: Actor, now: datetime) -> Programme:
    """Found a programme. Its address comes from its English name and stays."""
    wanted = slug(words.name_en) or "programme"
    taken = RESERVED | queries.taken_slugs(Programme.slug, wanted)
    programme = Programme(slug=distinct(wanted, taken), **asdict(words))
    db.session.add(programme)
    audit.record(ProgrammeDeed.PROGRAMME_MADE, programme, actor=actor, now=now)
    return programme


def edit_programme(
    programme: Programme, words: ProgrammeWords, *, version: int, actor: Actor, now: datetime
) -> None:
    """Put other words in the place of a programme's."""
    unchanged(programme, version, theirs=kept(programme, words))
    rewrite(programme, words)
    audit.record(ProgrammeDeed.PROGRAMME_EDITED, programme, actor=actor, now=now)


def archive_programme(programme: Programme, *, actor: Actor, now: datetime) -> None:
    """Take a programme off the public pages. Its calls and cohorts stay as they are."""
    if programme.archived_at is not None:
        raise Refused(Sentence(N_("This programme is archived already.")))
    programme.archived_at = now
    audit.record(ProgrammeDeed.PROGRAMME_ARCHIVED, programme, actor=actor, now=now)


def restore_programme(programme: Programme, *, actor: Actor, now: datetime) -> None:
    """Put an archived programme back on the public pages."""
    if programme.archived_at is None:
        raise Refused(Sentence(N_("This programme is not archived.")))
    programme.archived_at = None
    audit.record(ProgrammeDeed.PROGRAMME_RESTORED, programme, actor=actor, now=now)


def make_cohort(programme: Programme, terms: CohortTerms, *, actor: Actor, now: datetime) -> Cohort:
    """Plan a cohort of a programme."""
    in_order(terms)
    cohort = Cohort(programme_id=programme.id, **asdict(terms))
    db.session.add(cohort)
    audit.record(ProgrammeDeed.COHORT_MADE, cohort, actor=actor, now=now)
    return cohort


def edit_cohort(
    cohort: Cohort, terms: CohortTerms, *, version: int, actor: Actor, now: datetime
) -> None:
    """Change a cohort's terms; there are never fewer places than are held."""
    unchanged(cohort, version, theirs=kept(cohort, terms))
    if cohort.state in {CohortState.COMPLETED, CohortState.CANCELLED}:
        raise Refused(OVER)
    in_order(terms)
    if terms.capacity != cohort.capacity:
        resize(cohort, terms.capacity)
    rewrite(cohort, terms)
    audit.record(ProgrammeDeed.COHORT_EDITED, cohort, actor=actor, now=now)


def move_cohort(cohort: Cohort, move: str, *, actor: Actor, now: datetime) -> None:
    """Start, complete or cancel a cohort. One that holds places is not cancelled."""
    if move == "cancel" and cohort.held:
        raise Refused(Sentence(N_("Companies hold places in this cohort. Settle those first.")))
    step = COHORT.make(move, cohort, actor=actor, now=now)
    about = About(step=step)
    audit.record(ProgrammeDeed.COHORT_MOVED, cohort, actor=actor, now=now, about=about)


def write_agreement(
    cohort: Cohort, *, text_en: str, text_nb: str, actor: Actor, now: datetime
) -> Agreement:
    """Write the next version of what companies sign. Offers already made keep theirs."""
    agreement = Agreement(
        cohort_id=cohort.id,
        number=queries.last_agreement_number(cohort) + 1,
        text_en=text_en,
        text_nb=text_nb,
        at=now,
        written_by_id=actor.id,
    )
    db.session.add(agreement)
    about = About(details={"number": agreement.number})
    audit.record(ProgrammeDeed.AGREEMENT_WRITTEN, cohort, actor=actor, now=now, about=about)
    return agreement


def in_order(terms: CohortTerms) -> None:
    """Insist that a cohort ends after it starts."""
    if terms.ends_on <= terms.starts_on:
        raise Mistake("ends_on", BACKWARDS)


def resize(cohort: Cohort, capacity: int) -> None:
    """Change how many places there are, and explain at the field why that cannot be."""
    try:
        places.resize(cohort.id, capacity)
    except Refused as refusal:
        raise Mistake("capacity", refusal.reason) from refusal


def kept(row: Programme | Cohort, words: ProgrammeWords | CohortTerms) -> dict[str, object]:
    """Return what is kept now of what somebody would change."""
    return {name: getattr(row, name) for name in asdict(words)}


def rewrite(row: Programme | Cohort, words: ProgrammeWords | CohortTerms) -> None:
    """Write words over what is kept."""
    for name, value in asdict(words).items():
        setattr(row, name, value)
