"""Settings, read once from the environment; every wrong value is one sentence at start."""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
DEMO_PASSWORD = "winter-ferry-42"  # noqa: S105 - printed at start, and good for the demo alone
LOG_LEVELS = ("debug", "info", "warning", "error")
YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


class SettingError(Exception):
    """A setting that the portal cannot start with, told in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between one running copy of the portal and another."""

    secret_key: str = field(repr=False)
    instance: Path
    database_url: str = field(repr=False)
    mail_url: str = field(default="file:", repr=False)
    files_url: str = ""
    s3_endpoint: str = ""
    base_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    trusted_proxies: int = 0
    hsts_seconds: int = 0
    log_level: str = "info"
    demo: bool = False
    demo_password: str = field(default=DEMO_PASSWORD, repr=False)
    development: bool = False
    testing: bool = False
    cheap_hashing: bool = False

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] = os.environ, instance: Path | None = None
    ) -> Self:
        """Read the settings, and make the instance folder and its secret key where missing."""
        given = _Environment(environ)
        folder = instance or given.folder("INSTANCE_DIR", ROOT / "instance")
        host = given.text("LISTEN_ON", "127.0.0.1")
        port = given.number("PORT", 8000, least=1, most=65535)
        base_url = given.public_url("PUBLIC_URL", f"http://{_reachable(host)}:{port}")
        proxies = given.number("TRUSTED_PROXIES", 0, most=10)
        _make_private(folder)
        return cls(
            secret_key=given.secret_key("SECRET_KEY", folder),
            instance=folder,
            database_url=given.database_url("DATABASE_URL", folder / "portal.db"),
            mail_url=given.mail_url("MAIL_URL"),
            files_url=given.files_url("FILES_URL"),
            s3_endpoint=given.web_address("S3_ENDPOINT"),
            base_url=base_url,
            host=host,
            port=port,
            workers=given.number("WORKERS", 1, least=1, most=64),
            threads=given.number("THREADS", 4, least=1, most=256),
            trusted_proxies=proxies,
            hsts_seconds=given.number("HSTS_SECONDS", _hsts(base_url), most=63_072_000),
            log_level=given.choice("LOG_LEVEL", LOG_LEVELS, default="info"),
            demo=given.demo("DEMO", local=_is_local(host, base_url, proxies=proxies)),
            demo_password=given.demo_password("DEMO_PASSWORD"),
            development=given.switch("DEVELOPMENT", default=False),
        )

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over HTTPS alone once the portal's address is an HTTPS one."""
        return self.base_url.startswith("https:")

    @property
    def local(self) -> bool:
        """Whether nobody but this machine can reach the portal, as far as the settings tell."""
        return _is_local(self.host, self.base_url, proxies=self.trusted_proxies)

    @property
    def embedded_database(self) -> bool:
        """Whether the database is the file that comes with the portal."""
        return self.database_url.startswith("sqlite:")

    @property
    def files_folder(self) -> Path | None:
        """Where uploads are kept on this machine; nothing when an object store keeps them."""
        if self.files_url.startswith("s3:"):
            return None
        return Path(self.files_url) if self.files_url else self.instance / "files"

    @property
    def mail_folder(self) -> Path | None:
        """Where letters are laid down as files; nothing when a mail server takes them."""
        return self.instance / "mail" if self.mail_url == "file:" else None


@dataclass(frozen=True)
class _Environment:
    """Reads one variable at a time; what is empty counts as not given."""

    variables: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def folder(self, name: str, default: Path) -> Path:
        given = self.text(name)
        return Path(given).expanduser().resolve() if given else default

    def number(self, name: str, default: int, *, least: int = 0, most: int) -> int:
        given = self.text(name)
        if not given:
            return default
        if given.isascii() and given.isdigit() and least <= int(given) <= most:
            return int(given)
        raise SettingError(f"{name} is “{given}”: write a whole number from {least} to {most}.")

    def switch(self, name: str, *, default: bool) -> bool:
        given = self.text(name).lower()
        if given and given not in YES + NO:
            raise SettingError(f"{name} is “{given}”: write 1 for yes or 0 for no.")
        return given in YES if given else default

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        given = self.text(name, default).lower()
        if given not in choices:
            listed = ", ".join(choices[:-1])
            raise SettingError(f"{name} is “{given}”: write {listed} or {choices[-1]}.")
        return given

    def secret_key(self, name: str, folder: Path) -> str:
        given = self.text(name)
        if not given:
            return _kept_secret(folder / "secret_key")
        if len(given) < 32:
            raise SettingError(
                f"{name} has only {len(given)} characters: write at least 32 random ones, or"
                " leave it out and the portal makes its own."
            )
        return given

    def database_url(self, name: str, default: Path) -> str:
        given = self.text(name)
        if not given:
            return f"sqlite:///{default}"
        scheme, _, rest = given.partition(":")
        if scheme in ("postgres", "postgresql", "postgresql+psycopg") and _names_database(given):
            return f"postgresql+psycopg:{rest}"
        if scheme == "sqlite" and rest.startswith("///") and len(rest) > len("///"):
            return given
        raise SettingError(
            f"{name} is “{_without_password(given)}”: write"
            " postgresql://user:password@host:5432/database or sqlite:////folder/file.db."
        )

    def mail_url(self, name: str) -> str:
        given = self.text(name, "file:")
        if given == "file:" or (given.startswith(("smtp://", "smtps://")) and _has_host(given)):
            return given
        raise SettingError(
            f"{name} is “{_without_password(given)}”: write smtp://user:password@host:587,"
            " smtps://user:password@host:465, or file: to keep e-mails as files."
        )

    def files_url(self, name: str) -> str:
        given = self.text(name)
        if given.startswith("s3://"):
            if urlsplit(given).netloc:
                return given.rstrip("/")
        elif "://" not in given:
            return str(Path(given).expanduser().resolve()) if given else ""
        raise SettingError(f"{name} is “{given}”: write a folder, or s3://bucket/prefix.")

    def web_address(self, name: str, default: str = "") -> str:
        given = self.text(name, default)
        if given and not (given.startswith(("http://", "https://")) and _has_host(given)):
            raise SettingError(f"{name} is “{given}”: write an address like https://example.org.")
        return given.rstrip("/")

    def public_url(self, name: str, default: str) -> str:
        address = self.web_address(name, default)
        parts = urlsplit(address)
        if parts.path or parts.query or parts.fragment or parts.username:
            raise SettingError(
                f"{name} is “{_without_password(address)}”: write only the scheme and the host,"
                f" like {parts.scheme}://{parts.hostname}."
            )
        return address

    def demo(self, name: str, *, local: bool) -> bool:
        own = not self.text("DATABASE_URL")
        if self.text(name) and self.switch(name, default=False) and not (own and local):
            why = "DATABASE_URL is set" if not own else "others than this machine can reach it"
            raise SettingError(
                f"{name} is on, but the demo is not loaded because {why}: leave {name} out."
            )
        return self.switch(name, default=own and local)

    def demo_password(self, name: str) -> str:
        given = self.text(name, DEMO_PASSWORD)
        if len(given) < 12:
            raise SettingError(
                f"{name} has only {len(given)} characters: write at least 12, as everybody must."
            )
        return given


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"The folder {folder} cannot be made ({error.strerror}): set INSTANCE_DIR to a folder"
            " where the portal may write."
        ) from error


def _kept_secret(file: Path) -> str:
    """The key in the file, made at first need; of two that start at once, both get the same."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        if not file.exists():
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32), encoding="ascii")
            _link_unless_there(draft, file)
        kept = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingError(
            f"The secret key in {file} cannot be read or made ({error.strerror}): let the portal"
            " write there, or set SECRET_KEY."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    if len(kept) < 32:
        raise SettingError(f"The secret key in {file} is too short: delete the file.")
    return kept


def _link_unless_there(draft: Path, file: Path) -> None:
    try:
        os.link(draft, file)
    except FileExistsError:
        return


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _names_database(url: str) -> bool:
    """Whether it is well formed; the host may be left out, which means a socket on this machine."""
    try:
        parts = urlsplit(url)
        return parts.port != 0 and len(parts.path) > 1
    except ValueError:
        return False


def _without_password(url: str) -> str:
    """The address as it may stand on a screen."""
    try:
        parts = urlsplit(url)
        if not parts.password:
            return url
    except ValueError:
        return url.partition(":")[0] + ":…"
    shown = f"{parts.username}:…@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=shown))


def _reachable(host: str) -> str:
    """The name to write in a link for a server that listens there."""
    if host in ("0.0.0.0", "::", "::1"):  # noqa: S104 - compared, not bound
        return "[::1]" if host == "::1" else "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_local(host: str, base_url: str, *, proxies: int) -> bool:
    return is_loopback(host) and is_loopback(urlsplit(base_url).hostname or "") and not proxies


def _hsts(base_url: str) -> int:
    return 31_536_000 if base_url.startswith("https:") else 0
