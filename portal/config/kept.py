"""What the portal keeps beside its database: the instance folder and the secret key in it."""

import os
import secrets
from pathlib import Path

from portal.config.problem import SettingError


def make_private(folder: Path) -> None:
    """Make the folder that nobody else on this machine looks into."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"The folder {folder} cannot be made ({error.strerror}): set INSTANCE_DIR to a folder"
            " where the portal may write."
        ) from error


def kept_secret(file: Path) -> str:
    """Return the key in a file, made at first need; two that start at once get the same."""
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
