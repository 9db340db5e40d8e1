"""Second factors of the foreign administrator, and requests about lost ones."""

from typing import Any

from sqlalchemy import update

from portal.models import (
    AuthenticatorApp,
    FactorRemoval,
    Passkey,
    Person,
    RecoveryCode,
    RemovalState,
)
from tests import factories
from tests.architecture.world.placing import put
from tests.factories import base
from tests.factories.members import LONG_AGO


def make(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make a passkey, an app that waits for its first code, and two requests; return them."""
    holder, helper = everybody["foreign"], everybody["deputy"]
    has = update(Person).where(Person.id == holder.id).values(factor_since=LONG_AGO)
    base.SESSION.execute(has)  # past the row's version, which forms of the matrix send
    passkey = put(
        Passkey(
            person_id=holder.id, credential_id="AAAA", public_key="AAAA", name="«My phone»",
            sign_count=1, transports=["internal"], synced=True, backed_up=True,
            last_used_at=LONG_AGO,
        )
    )  # fmt: skip
    put(AuthenticatorApp(person_id=holder.id, salt="salt"))
    put(RecoveryCode(person_id=holder.id, code_hash="$argon2id$no", active_at=LONG_AGO))
    asked = lost("Loser")
    checked = lost(
        "Seeker", state=RemovalState.CHECKED, checked_by_id=helper.id, checked_at=LONG_AGO,
        check_note="«I saw her.»",
    )  # fmt: skip
    return {"passkey": passkey, "removal": asked, "removal_checked": checked}


def lost(name: str, **more: Any) -> FactorRemoval:
    """Let somebody have lost everything."""
    person = factories.Person(name=name, email=f"{name.lower()}@data.example")
    return put(FactorRemoval(person_id=person.id, reason="«It fell into the sea.»", **more))
