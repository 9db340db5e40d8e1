"""Others who vouch for people: OpenID Connect, by code with PKCE, state and nonce.

We ask nobody but the issuers that the settings name, over HTTPS, and follow no redirects of theirs.
What an issuer says counts when it is signed with a key of its own, meant for us, for this very
attempt, and not over. How strongly it checked somebody is not asked: it counts as one factor.
"""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from portal.config import Issuer
from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.members.entering.rules import ATTEMPT_VALID
from portal.platform import tokens

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

#: Signatures made with a key that the issuer alone holds. “none” and shared secrets are not among
#: them.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SCOPE = "openid profile email"
#: Seconds to connect and to wait for an answer; bytes of the longest answer that we read.
TIMEOUT, LARGEST = (3.05, 8), 512 * 1024
#: Seconds for which we remember what an issuer says of itself, and that it did not answer.
KEPT, KEPT_DOWN = 3600.0, 15.0
#: How far its clock may be from ours.
LEEWAY = timedelta(seconds=60)

DOWN = N_("%(issuer)s does not answer at the moment. Sign in with your password, or try again"
          " later.")  # fmt: skip
DOUBTFUL = N_("The answer of %(issuer)s could not be trusted, so you are not signed in. Start again"
              " on the sign-in page.")  # fmt: skip
STOPPED = N_("You did not sign in at %(issuer)s. Try again, or sign in with your password.")


class Unanswered(Refused):
    """An issuer does not answer, or not in a way that makes sense."""


class Distrusted(Refused):
    """An answer that is not what it should be."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try to sign in at an issuer, kept in the browser that makes it, signed.

    `person` is who wants to link it to their account; nothing when somebody signs in.
    """

    issuer: str
    state: str
    nonce: str
    verifier: str
    at: float
    person: str = ""
    after: str = ""

    @classmethod
    def begun(
        cls, issuer: Issuer, *, now: datetime, person: str = "", after: str = ""
    ) -> "Attempt":
        """Begin to sign in at an issuer."""
        return cls(
            issuer=issuer.key,
            state=tokens.fresh(),
            nonce=tokens.fresh(),
            verifier=tokens.fresh(),
            at=now.timestamp(),
            person=person,
            after=after,
        )

    @classmethod
    def kept(cls, values: object) -> "Attempt | None":
        """Read an attempt that a browser kept."""
        return cls(**values) if isinstance(values, dict) else None

    def to_keep(self) -> dict[str, Any]:
        """Return what the browser keeps."""
        return asdict(self)

    def is_over(self, *, now: datetime) -> bool:
        """Tell whether it was begun too long ago."""
        return now.timestamp() >= self.at + ATTEMPT_VALID.total_seconds()


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """What an issuer says of somebody. Its subject alone says who; the rest is hearsay."""

    issuer: str
    subject: str
    name: str = ""
    email: str = ""


class Remembered:
    """What issuers say of themselves, for an hour; and that one is down, for a moment."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[float, Any]] = {}
        self.lock = Lock()

    def ask(self, url: str, issuer: Issuer, *, again: bool = False) -> Mapping[str, Any]:
        """Return a document of an issuer. Raises Unanswered."""
        until, answer = self.answers.get(url, (0.0, None))
        if time.monotonic() >= until or again:
            try:
                answer = fetched(url, issuer)
            except Unanswered:
                self.keep(url, None, KEPT_DOWN)
                raise
            self.keep(url, answer, KEPT)
        if answer is None:
            refuse_down(issuer)
        found: Mapping[str, Any] = answer
        return found

    def keep(self, url: str, answer: Any, seconds: float) -> None:
        """Remember an answer."""
        with self.lock:
            self.answers[url] = time.monotonic() + seconds, answer


REMEMBERED = Remembered()


def refuse_down(issuer: Issuer) -> NoReturn:
    """Say that an issuer does not answer."""
    raise Unanswered(Sentence(DOWN, {"issuer": issuer.name}))


def refuse_doubtful(issuer: Issuer) -> NoReturn:
    """Say that an answer cannot be trusted."""
    raise Distrusted(Sentence(DOUBTFUL, {"issuer": issuer.name}))


def fetched(url: str, issuer: Issuer) -> Mapping[str, Any]:
    """Read a JSON document of an issuer, which we know by the settings."""
    import requests  # noqa: PLC0415 - needed where people come from elsewhere, only

    insist_on_safe(url, issuer)
    try:
        with requests.get(url, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != 200 or len(body) > LARGEST:
                refuse_down(issuer)
            import json  # noqa: PLC0415 - as above

            found = json.loads(body)
    except (requests.RequestException, OSError, ValueError) as error:
        raise Unanswered(Sentence(DOWN, {"issuer": issuer.name})) from error
    return found if isinstance(found, dict) else refuse_down(issuer)


def insist_on_safe(url: object, issuer: Issuer) -> str:
    """Refuse an address that is not HTTPS; an issuer on this machine, in development, may do."""
    parts = urlsplit(url if isinstance(url, str) else "")
    near = issuer.is_here and parts.hostname == urlsplit(issuer.url).hostname
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and near)):
        refuse_down(issuer)
    return str(url)


def discovered(issuer: Issuer) -> Mapping[str, Any]:
    """Return what an issuer says of itself, which must be what the settings call it."""
    address = f"{issuer.url.rstrip('/')}/.well-known/openid-configuration"
    found = REMEMBERED.ask(address, issuer)
    if found.get("issuer") != issuer.url:
        refuse_doubtful(issuer)
    return found


def way_out(issuer: Issuer, attempt: Attempt, *, back: str) -> str:
    """Return the address at which somebody signs in at an issuer and comes back from."""
    found = discovered(issuer)
    endpoint = insist_on_safe(found.get("authorization_endpoint"), issuer)
    address, _state = client(issuer, back, found).create_authorization_url(
        endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
    )
    return str(address)


def client(issuer: Issuer, back: str, found: Mapping[str, Any]) -> Any:
    """Return what speaks the protocol for us."""
    from authlib.integrations.requests_client import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
        OAuth2Session,
    )

    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    basic = "client_secret_basic" in methods
    secret = "client_secret_basic" if basic else "client_secret_post"
    return OAuth2Session(
        issuer.client_id,
        issuer.client_secret or None,
        token_endpoint_auth_method=secret if issuer.client_secret else "none",
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
    )


def vouched(issuer: Issuer, attempt: Attempt, code: str, *, back: str, now: datetime) -> Vouched:
    """Exchange a code for what the issuer says of somebody, and check every part of it."""
    found = discovered(issuer)
    answer = exchanged(issuer, attempt, code, back=back)
    told = checked(issuer, found, str(answer.get("id_token", "")), nonce=attempt.nonce, now=now)
    proven = told.get("email_verified") is True
    return Vouched(
        issuer=issuer.url,
        subject=str(told["sub"]),
        name=str(told.get("name") or "")[:120],
        email=str(told.get("email") or "").strip().lower()[:254] if proven else "",
    )


def exchanged(issuer: Issuer, attempt: Attempt, code: str, *, back: str) -> Mapping[str, Any]:
    """Ask an issuer for what its code stands for."""
    import requests  # noqa: PLC0415 - as above
    from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    found = discovered(issuer)
    endpoint = insist_on_safe(found.get("token_endpoint"), issuer)
    try:
        answer = client(issuer, back, found).fetch_token(
            endpoint,
            grant_type="authorization_code",
            code=code,
            code_verifier=attempt.verifier,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except AuthlibBaseError as error:
        raise Distrusted(Sentence(DOUBTFUL, {"issuer": issuer.name})) from error
    except (requests.RequestException, OSError, ValueError) as error:
        raise Unanswered(Sentence(DOWN, {"issuer": issuer.name})) from error
    return answer if isinstance(answer, dict) else refuse_doubtful(issuer)


def checked(
    issuer: Issuer, found: Mapping[str, Any], id_token: str, *, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """Return the claims of a token, once its signature and each that matters are right."""
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above

    try:
        header, claims = decoded(issuer, found, id_token)
        told = CodeIDToken(claims, header, params={"nonce": nonce, "client_id": issuer.client_id})
        told.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Distrusted(Sentence(DOUBTFUL, {"issuer": issuer.name})) from error
    meant_for = told["aud"] if isinstance(told["aud"], list) else [told["aud"]]
    right = (
        told["iss"] == issuer.url
        and issuer.client_id in meant_for
        and told.get("nonce") == nonce
        and isinstance(told["sub"], str)
        and 0 < len(told["sub"]) <= 255
    )
    if not right:
        refuse_doubtful(issuer)
    return dict(told)


def decoded(issuer: Issuer, found: Mapping[str, Any], id_token: str) -> tuple[Any, Any]:
    """Check a signature; where the issuer may have made new keys, with its new ones."""
    from joserfc import jwt  # noqa: PLC0415 - as above
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above

    try:
        read = jwt.decode(id_token, keys_of(issuer, found), algorithms=list(ALGORITHMS))
    except (JoseError, ValueError):
        fresh = keys_of(issuer, found, again=True)
        read = jwt.decode(id_token, fresh, algorithms=list(ALGORITHMS))
    return read.header, read.claims


def keys_of(issuer: Issuer, found: Mapping[str, Any], *, again: bool = False) -> "KeySet":
    """Return the public keys of an issuer."""
    from joserfc.jwk import KeySet  # noqa: PLC0415 - as above

    address = insist_on_safe(found.get("jwks_uri"), issuer)
    kept: Any = dict(REMEMBERED.ask(address, issuer, again=again))
    return KeySet.import_key_set(kept)
