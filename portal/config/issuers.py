"""Who else may vouch for people: OpenID Connect issuers, named in the environment."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from portal.config.addresses import has_host, is_loopback
from portal.config.problem import SettingError
from portal.config.reading import Environment


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """One issuer: what its button says, who it is, and who we are to it.

    `url` is its name to the letter: what it says of itself must be the same.
    """

    key: str
    name: str
    url: str
    client_id: str
    client_secret: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this very machine, for development."""
        return is_loopback(urlsplit(self.url).hostname or "")


def read_issuers(given: Environment, *, development: bool) -> tuple[Issuer, ...]:
    """Read the issuers that OIDC_ISSUERS names, such as “entra google”."""
    keys = given.text("OIDC_ISSUERS").lower().replace(",", " ").split()
    return tuple(_issuer(given, key, development=development) for key in dict.fromkeys(keys))


def _issuer(given: Environment, key: str, *, development: bool) -> Issuer:
    if not (key.isascii() and key.isalnum()):
        raise SettingError(
            f"OIDC_ISSUERS names “{key}”: write short names of letters and digits, with spaces"
            " between them, such as “entra google”."
        )
    prefix = f"OIDC_{key.upper()}"
    issuer = Issuer(
        key=key,
        name=_needed(given, f"{prefix}_NAME"),
        url=_needed(given, f"{prefix}_URL"),
        client_id=_needed(given, f"{prefix}_CLIENT_ID"),
        client_secret=given.text(f"{prefix}_CLIENT_SECRET"),
    )
    secure = issuer.url.startswith("https://")
    near = development and issuer.url.startswith("http://") and issuer.is_here
    if not (has_host(issuer.url) and (secure or near)):
        raise SettingError(
            f"{prefix}_URL is “{issuer.url}”: write the issuer’s address as it calls itself, like"
            " https://login.example.org."
        )
    return issuer


def _needed(given: Environment, name: str) -> str:
    text = given.text(name)
    if not text:
        raise SettingError(f"{name} is missing: OIDC_ISSUERS names it.")
    return text
