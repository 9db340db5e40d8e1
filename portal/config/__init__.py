"""Settings, read once from the environment; every wrong value is one sentence at start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from portal.config.addresses import is_local, is_loopback, reachable
from portal.config.issuers import Issuer, read_issuers
from portal.config.kept import make_private
from portal.config.problem import SettingError
from portal.config.reading import DEMO_PASSWORD, Environment

__all__ = ["DEMO_PASSWORD", "ROOT", "Issuer", "SettingError", "Settings", "is_loopback"]

ROOT = Path(__file__).resolve().parents[2]
LOG_LEVELS = ("debug", "info", "warning", "error")


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
    issuers: tuple[Issuer, ...] = ()
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
        given = Environment(environ)
        folder = instance or given.folder("INSTANCE_DIR", ROOT / "instance")
        host = given.text("LISTEN_ON", "127.0.0.1")
        port = given.number("PORT", 8000, least=1, most=65535)
        base_url = given.public_url("PUBLIC_URL", f"http://{reachable(host)}:{port}")
        proxies = given.number("TRUSTED_PROXIES", 0, most=10)
        development = given.switch("DEVELOPMENT", default=False)
        make_private(folder)
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
            demo=given.demo("DEMO", local=is_local(host, base_url, proxies=proxies)),
            demo_password=given.demo_password("DEMO_PASSWORD"),
            issuers=read_issuers(given, development=development),
            development=development,
        )

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over HTTPS alone once the portal's address is an HTTPS one."""
        return self.base_url.startswith("https:")

    @property
    def local(self) -> bool:
        """Whether nobody but this machine can reach the portal, as far as the settings tell."""
        return is_local(self.host, self.base_url, proxies=self.trusted_proxies)

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


def _hsts(base_url: str) -> int:
    return 31_536_000 if base_url.startswith("https:") else 0
