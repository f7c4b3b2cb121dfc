"""Folders and files under var/ that only we may read."""

import secrets
from pathlib import Path


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 when it is not there yet."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def stored_key(path: Path) -> str:
    """The secret kept in `path`; the first caller makes it, and callers at the same moment agree on one."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
