"""Whether what somebody shows is right. Nothing is used up by looking: the deed does that."""

from uuid import UUID

from flask import current_app

from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.factors import ceremonies, codes, queries, rules
from portal.members.factors.ceremonies import Unfit
from portal.members.factors.service import USED, Shown
from portal.models import FactorKind, Person, PersonState
from portal.platform import demo, passwords
from portal.platform.auth import arrived

WRONG_CODE = Sentence(N_("This code is not right. Look at the newest one and try again."))
WRONG_ON_PAPER = Sentence(
    N_("This code is not right, or it was used. Take another of your newest sheet.")
)
CLOCK = Sentence(
    N_("This code is right for another time: the clock of your phone is about %(minutes)s minutes"
       " off. Have it set by the network, and try again.")
)  # fmt: skip
UNKNOWN = Sentence(N_("We do not know this passkey. Sign in with your password instead."))


class Wrong(Exception):
    """What was shown is not right; the reason is for whoever showed it."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text)
        self.reason = reason


def secret(salt: str) -> str:
    """Return the secret of an app."""
    return codes.secret_of(salt, key=str(current_app.config["SECRET_KEY"]))


def code(typed: str | None, person_id: UUID) -> Shown:
    """Check what somebody typed: a code of their app, or one on paper. Raises Wrong."""
    tidied = codes.tidy(typed)
    if codes.ON_PAPER.fullmatch(tidied):
        return on_paper(tidied, person_id)
    if codes.OF_APP.fullmatch(tidied):
        return of_app(tidied, person_id)
    raise Wrong(WRONG_CODE)


def of_app(tidied: str, person_id: UUID) -> Shown:
    """Check the code of an app. One that was used, and all before it, are refused."""
    app = queries.app_in_use(person_id)
    if app is None:
        raise Wrong(WRONG_CODE)
    step = step_shown(tidied, app.salt)
    if app.last_step is not None and step <= app.last_step:
        raise Wrong(USED)
    return Shown(kind=FactorKind.APP, person_id=person_id, id=app.id, number=step)


def step_shown(tidied: str, salt: str) -> int:
    """Return the half minute that a code belongs to. Raises Wrong, also for a clock that is off."""
    now, shared = arrived(), secret(salt)
    step = codes.step_of(tidied, shared, now=now)
    if step is not None:
        return step
    minutes = codes.minutes_off(tidied, shared, now=now)
    raise Wrong(Sentence(CLOCK.text, {"minutes": minutes}) if minutes else WRONG_CODE)


def on_paper(tidied: str, person_id: UUID, *, active: bool = True) -> Shown:
    """Check a code on paper against each that is left: they are salted, so there is no shortcut."""
    for row in queries.codes_left(person_id, active=active):
        if passwords.fits(row.code_hash, tidied):
            return Shown(kind=FactorKind.RECOVERY, person_id=person_id, id=row.id)
    raise Wrong(WRONG_ON_PAPER)


def passkey(sent: str | None, person_id: UUID | None = None) -> Shown:
    """Check the answer of a passkey: anybody's, or that of one person. Raises Wrong."""
    try:
        answer = ceremonies.answer_of(sent)
        row = queries.passkey_of(ceremonies.name_in(answer))
        owner = ceremonies.owner_in(answer)
        strange = row is not None and owner not in (None, row.person_id)
        if row is None or strange or person_id not in (None, row.person_id) or not may(row.person):
            raise Wrong(UNKNOWN)
        signed = ceremonies.signed(answer, row.public_key, now=arrived())
    except Unfit as unfit:
        raise Wrong(unfit.reason) from unfit
    return Shown(
        kind=FactorKind.PASSKEY,
        person_id=row.person_id,
        id=row.id,
        number=signed.sign_count,
        backed_up=signed.backed_up,
        twin=rules.counts_backwards(row.sign_count, signed.sign_count),
    )


def may(person: Person) -> bool:
    """Tell whether somebody may sign in at all."""
    return person.state is PersonState.ACTIVE and demo.may_sign_in(person.email)


def password(typed: str | None, person_id: UUID) -> Shown | None:
    """Check a password."""
    person = db.session.get_one(Person, person_id)
    if not passwords.fits(person.password_hash, typed or ""):
        return None
    return Shown(kind=None, person_id=person_id, password_hash=person.password_hash)
