"""Every key to a person or an organisation: somebody decided what becomes of it in a merge."""

from portal.members.merging.fates import CALLED, OF_ORGANISATIONS, OF_PEOPLE, Fate
from portal.members.merging.people import MOVED, REMOVED
from portal.models import Base

#: What must never move from one account to another: it opens something.
OPENS = {
    "address_claim.person_id", "authenticator_app.person_id", "calendar_feed.person_id",
    "delegate.person_id", "email_address.person_id", "issuer_identity.person_id",
    "login_session.person_id", "news_feed.person_id", "one_time_token.person_id",
    "passkey.person_id", "recovery_code.person_id", "sign_in_link.person_id",
    "staff_grant.person_id", "article.author_id", "registration.registered_by_id",
    "invitation.invited_by_id", "membership_application.applicant_id",
}  # fmt: skip


def keys_to(table):
    return {
        f"{here.name}.{key.parent.name}"
        for here in Base.metadata.sorted_tables
        for key in here.foreign_keys
        if key.column.table.name == table
    }


def test_every_key_to_a_person_has_a_fate_and_every_fate_a_key():
    assert keys_to("person") ^ set(OF_PEOPLE) == set()


def test_every_key_to_an_organisation_has_a_fate_and_every_fate_a_key():
    assert keys_to("organisation") ^ set(OF_ORGANISATIONS) == set()


def test_what_opens_something_never_moves():
    assert {key for key in OPENS if OF_PEOPLE.get(key) is Fate.MOVES} == set()
    assert set(REMOVED) <= {key for key, fate in OF_PEOPLE.items() if fate is Fate.ENDS}


def test_what_moves_is_moved():
    assert set(MOVED) == {key for key, fate in OF_PEOPLE.items() if fate is Fate.MOVES}


def test_append_only_rows_stay():
    kept = {table.name for table in Base.metadata.sorted_tables if table.info.get("append_only")}
    fates = {**OF_PEOPLE, **OF_ORGANISATIONS}
    moved = {key for key, fate in fates.items() if fate is not Fate.STAYS}
    assert {key for key in moved if key.partition(".")[0] in kept} == set()
    assert set(CALLED) <= set(Base.metadata.tables)
