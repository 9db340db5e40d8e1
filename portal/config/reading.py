"""How settings are read from the environment; a wrong one is a sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.config.addresses import has_host, names_database, without_password
from portal.config.kept import kept_secret
from portal.config.problem import SettingError

DEMO_PASSWORD = "winter-ferry-42"  # noqa: S105 - printed at start, and good for the demo alone
YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


@dataclass(frozen=True)
class Environment:
    """Reads one variable at a time; what is empty counts as not given."""

    variables: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """Read a text without spaces around it."""
        return self.variables.get(name, "").strip() or default

    def folder(self, name: str, default: Path) -> Path:
        """Read a folder, which need not be there yet."""
        given = self.text(name)
        return Path(given).expanduser().resolve() if given else default

    def number(self, name: str, default: int, *, least: int = 0, most: int) -> int:
        """Read a whole number within bounds."""
        given = self.text(name)
        if not given:
            return default
        if given.isascii() and given.isdigit() and least <= int(given) <= most:
            return int(given)
        raise SettingError(f"{name} is “{given}”: write a whole number from {least} to {most}.")

    def switch(self, name: str, *, default: bool) -> bool:
        """Read yes or no."""
        given = self.text(name).lower()
        if given and given not in YES + NO:
            raise SettingError(f"{name} is “{given}”: write 1 for yes or 0 for no.")
        return given in YES if given else default

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        """Read one word out of a few."""
        given = self.text(name, default).lower()
        if given not in choices:
            listed = ", ".join(choices[:-1])
            raise SettingError(f"{name} is “{given}”: write {listed} or {choices[-1]}.")
        return given

    def secret_key(self, name: str, folder: Path) -> str:
        """Read the secret key, or the one that the portal keeps in its folder."""
        given = self.text(name)
        if not given:
            return kept_secret(folder / "secret_key")
        if len(given) < 32:
            raise SettingError(
                f"{name} has only {len(given)} characters: write at least 32 random ones, or"
                " leave it out and the portal makes its own."
            )
        return given

    def database_url(self, name: str, default: Path) -> str:
        """Read which database it is: the embedded one unless another is given."""
        given = self.text(name)
        if not given:
            return f"sqlite:///{default}"
        scheme, _, rest = given.partition(":")
        if scheme in ("postgres", "postgresql", "postgresql+psycopg") and names_database(given):
            return f"postgresql+psycopg:{rest}"
        if scheme == "sqlite" and rest.startswith("///") and len(rest) > len("///"):
            return given
        raise SettingError(
            f"{name} is “{without_password(given)}”: write"
            " postgresql://user:password@host:5432/database or sqlite:////folder/file.db."
        )

    def mail_url(self, name: str) -> str:
        """Read where mail goes."""
        given = self.text(name, "file:")
        if given == "file:" or (given.startswith(("smtp://", "smtps://")) and has_host(given)):
            return given
        raise SettingError(
            f"{name} is “{without_password(given)}”: write smtp://user:password@host:587,"
            " smtps://user:password@host:465, or file: to keep e-mails as files."
        )

    def files_url(self, name: str) -> str:
        """Read where files are kept."""
        given = self.text(name)
        if given.startswith("s3://"):
            if urlsplit(given).netloc:
                return given.rstrip("/")
        elif "://" not in given:
            return str(Path(given).expanduser().resolve()) if given else ""
        raise SettingError(f"{name} is “{given}”: write a folder, or s3://bucket/prefix.")

    def web_address(self, name: str, default: str = "") -> str:
        """Read an address of the web."""
        given = self.text(name, default)
        if given and not (given.startswith(("http://", "https://")) and has_host(given)):
            raise SettingError(f"{name} is “{given}”: write an address like https://example.org.")
        return given.rstrip("/")

    def public_url(self, name: str, default: str) -> str:
        """Read under which address people reach the portal, which has no path."""
        address = self.web_address(name, default)
        parts = urlsplit(address)
        if parts.path or parts.query or parts.fragment or parts.username:
            raise SettingError(
                f"{name} is “{without_password(address)}”: write only the scheme and the host,"
                f" like {parts.scheme}://{parts.hostname}."
            )
        return address

    def demo(self, name: str, *, local: bool) -> bool:
        """Read whether the demo is loaded, which is only for this machine alone."""
        own = not self.text("DATABASE_URL")
        if self.text(name) and self.switch(name, default=False) and not (own and local):
            why = "DATABASE_URL is set" if not own else "others than this machine can reach it"
            raise SettingError(
                f"{name} is on, but the demo is not loaded because {why}: leave {name} out."
            )
        return self.switch(name, default=own and local)

    def demo_password(self, name: str) -> str:
        """Read the password of the people in the demo."""
        given = self.text(name, DEMO_PASSWORD)
        if len(given) < 12:
            raise SettingError(
                f"{name} has only {len(given)} characters: write at least 12, as everybody must."
            )
        return given
