"""Passkeys, as the standard has it: what a browser is asked, and whether its answer is right.

A challenge is bound to the browser by its cookie, good for five minutes, and used once: the answer
to it is counted in the table of throttles, where a second one finds the first.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, request, session

from portal.config import is_loopback
from portal.core.wording import N_, Sentence
from portal.platform import limits, throttle, tokens

CHALLENGE = "challenge"
LOCAL = "localhost"
VALID = timedelta(minutes=5)
[ONCE] = limits.CHALLENGE.allowed
#: No answer of a device is longer.
LONGEST = 20_000

TOO_LATE = Sentence(N_("That took too long. Try your passkey again."))
UNFIT = Sentence(N_("Your passkey could not be read. Try it again."))


class Unfit(Exception):
    """An answer that is not right, and why, for the person who gave it."""

    def __init__(self, reason: Sentence = UNFIT) -> None:
        super().__init__(reason.text)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Made:
    """A passkey that a device made for us."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: Sequence[str]
    synced: bool
    backed_up: bool


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A right answer: what the device counts now, and whether the key was copied to a backup."""

    sign_count: int
    backed_up: bool


def written(raw: bytes) -> str:
    """Write bytes as text that is safe in an address."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unwritten(text: str) -> bytes:
    """Read such a text."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def our_name() -> str:
    """Return whom passkeys are made for: the host of our address.

    Passkeys are made for names. A portal that is reached by the number of this machine alone, as
    the demo is, is reached by the name of this machine as well.
    """
    host = urlsplit(str(current_app.config["BASE_URL"])).hostname or LOCAL
    return LOCAL if is_loopback(host) else host


def origin() -> str:
    """Return where our pages are for passkeys, as browsers write it."""
    address = urlsplit(str(current_app.config["BASE_URL"]))
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{our_name()}{port}"


def passkeys_elsewhere() -> str:
    """Return where passkeys work, for whoever reaches us by another name; else nothing."""
    reached = request.host.rpartition(":")[0] or request.host
    return "" if reached == our_name() or request.host == our_name() else origin()


def new_challenge(*, now: datetime) -> bytes:
    """Make a challenge for this browser."""
    challenge = secrets.token_bytes(32)
    session[CHALLENGE] = [written(challenge), int(now.timestamp())]
    return challenge


def challenge_of_browser(*, now: datetime) -> bytes:
    """Return the challenge that this browser was given, once. Raises Unfit."""
    kept, at = session.pop(CHALLENGE, None) or ("", 0)
    if not kept or now.timestamp() - at >= VALID.total_seconds():
        raise Unfit(TOO_LATE)
    return unwritten(str(kept))


def use_up(challenge: bytes) -> None:
    """Let nobody use a challenge again, whoever kept a copy of the cookie. Raises Unfit."""
    if not throttle.LIMITER.hit(throttle.item(ONCE), CHALLENGE, tokens.digest(written(challenge))):
        raise Unfit(TOO_LATE)


def to_make(
    person_id: UUID, *, email: str, name: str, held: Sequence[Any], now: datetime
) -> dict[str, Any]:
    """Return what a browser is asked to make a passkey: discoverable, and not without its owner."""
    import webauthn  # noqa: PLC0415 - heavy, and needed where passkeys are, only
    from webauthn.helpers import structs  # noqa: PLC0415 - as above

    options = webauthn.generate_registration_options(
        rp_id=our_name(),
        rp_name=our_name(),
        user_id=person_id.bytes,
        user_name=email,
        user_display_name=name,
        challenge=new_challenge(now=now),
        timeout=int(VALID.total_seconds() * 1000),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[named(row) for row in held],
    )
    return as_dict(webauthn.options_to_json(options))


def to_sign(held: Sequence[Any] = (), *, now: datetime) -> dict[str, Any]:
    """Return what a browser is asked to sign; without keys that are held, it offers all it has."""
    import webauthn  # noqa: PLC0415 - as above
    from webauthn.helpers import structs  # noqa: PLC0415 - as above

    options = webauthn.generate_authentication_options(
        rp_id=our_name(),
        challenge=new_challenge(now=now),
        timeout=int(VALID.total_seconds() * 1000),
        allow_credentials=[named(row) for row in held] or None,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return as_dict(webauthn.options_to_json(options))


def named(row: Any) -> Any:
    """Name a passkey to a browser."""
    from webauthn.helpers import structs  # noqa: PLC0415 - as above

    known = {transport.value: transport for transport in structs.AuthenticatorTransport}
    ways = [known[way] for way in row.transports if way in known]
    return structs.PublicKeyCredentialDescriptor(
        id=unwritten(row.credential_id), transports=ways or None
    )


def as_dict(text: str) -> dict[str, Any]:
    """Read what the library writes."""
    read: dict[str, Any] = json.loads(text)
    return read


def answer_of(sent: str | None) -> dict[str, Any]:
    """Read what a browser sends. Raises Unfit."""
    try:
        answer = json.loads(sent or "") if len(sent or "") <= LONGEST else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise Unfit
    return answer


def name_in(answer: dict[str, Any]) -> str:
    """Return which passkey an answer is from."""
    name = answer.get("id")
    return name if isinstance(name, str) and len(name) <= 2000 else ""


def owner_in(answer: dict[str, Any]) -> UUID | None:
    """Return whose passkey the device says that it is. Raises Unfit for what is no key of ours."""
    handle = answer["response"].get("userHandle")
    if not handle:
        return None
    try:
        return UUID(bytes=unwritten(str(handle)))
    except ValueError:
        raise Unfit from None


def made(answer: dict[str, Any], *, now: datetime) -> Made:
    """Check the passkey that a device made. Raises Unfit."""
    import webauthn  # noqa: PLC0415 - as above
    from webauthn.helpers import exceptions, structs  # noqa: PLC0415 - as above

    challenge = challenge_of_browser(now=now)
    try:
        new = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=our_name(),
            expected_origin=origin(),
            require_user_verification=True,
        )
    except (exceptions.WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Unfit from error
    use_up(challenge)
    told = answer["response"].get("transports")
    return Made(
        credential_id=written(new.credential_id),
        public_key=written(new.credential_public_key),
        sign_count=new.sign_count,
        transports=[str(way)[:20] for way in told[:8]] if isinstance(told, list) else [],
        synced=new.credential_device_type is structs.CredentialDeviceType.MULTI_DEVICE,
        backed_up=new.credential_backed_up,
    )


def signed(answer: dict[str, Any], public_key: str, *, now: datetime) -> Signed:
    """Check what a device signed. Raises Unfit.

    What it counts is for the caller to judge: the library would not tell a copy from a forgery.
    """
    import webauthn  # noqa: PLC0415 - as above
    from webauthn.helpers import exceptions  # noqa: PLC0415 - as above

    challenge = challenge_of_browser(now=now)
    try:
        right = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=our_name(),
            expected_origin=origin(),
            credential_public_key=unwritten(public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (exceptions.WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Unfit from error
    use_up(challenge)
    return Signed(sign_count=right.new_sign_count, backed_up=right.credential_backed_up)
