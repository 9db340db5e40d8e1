"""Addresses of the foreign administrator and of the newcomer, domains, a link and an issuer."""

from typing import Any

from flask import Flask

from portal.config import Issuer
from portal.models import (
    AddressClaim,
    EmailAddress,
    IssuerIdentity,
    OrganisationDomain,
    SignInLink,
)
from portal.platform import tokens
from tests.architecture.world.people import ASKED_HERE
from tests.architecture.world.placing import put
from tests.factories.base import days
from tests.factories.members import LONG_AGO

CLAIM_TOKEN, LINK_TOKEN = "a-letter-to-a-third-address", "a-link-for-the-newcomer"
#: Nobody answers at this address.
DOWN = "http://127.0.0.1:9"


def name_issuer(app: Flask) -> None:
    """Let the settings name an issuer, which is down."""
    issuer = Issuer(key="local", name="«Local ID»", url=DOWN, client_id="portal")
    app.config["ISSUERS"] = {issuer.key: issuer}


def make(everybody: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Make what people have of ways in; return it by name."""
    foreign, newcomer, own = everybody["foreign"], everybody["newcomer"], made["own_row"]
    second = have(foreign, "second@data.example")
    have(newcomer, "new@newcomer.example")
    claim = put(
        AddressClaim(
            person_id=foreign.id, address="claimed@data.example",
            token_hash=tokens.digest(CLAIM_TOKEN), expires_at=days(3),
        )
    )  # fmt: skip
    put(
        SignInLink(
            person=newcomer, token_hash=tokens.digest(LINK_TOKEN),
            browser_hash=tokens.digest(ASKED_HERE), expires_at=days(1),
        )
    )  # fmt: skip
    identity = put(
        IssuerIdentity(
            person=foreign, issuer=DOWN, subject="subject", claimed="foreign@data.example"
        )
    )
    by = everybody["administrator"].id
    named = {"organisation": own, "added_by_id": by}
    domain = put(OrganisationDomain(domain="own.example", **named))
    kept = {"verified_at": LONG_AGO, "verified_by_id": by, "method": "mail"}
    put(OrganisationDomain(domain="newcomer.example", **named, **kept))
    return {
        "second": second, "claim": claim, "claim_token": CLAIM_TOKEN, "link_token": LINK_TOKEN,
        "identity": identity, "domain": domain,
    }  # fmt: skip


def have(person: Any, address: str) -> EmailAddress:
    """Let somebody have another address."""
    domain = address.partition("@")[2]
    return put(EmailAddress(person=person, address=address, domain=domain, verified_at=LONG_AGO))
