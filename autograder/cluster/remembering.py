"""Small facts kept in files of JSON: written whole or not at all, and read without trusting what is there.

A process can be killed, a disk can fill up and a person can edit a file at any moment. Whoever reads one of these
files gets what was written, or None, and then makes the fact again or says that it is lost; a traceback helps nobody.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def write(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Puts `text` in the file's place at once: a reader sees the old content or the new."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def write_json(path: Path, content: object) -> None:
    """As `write`, for a value of JSON's."""
    write(path, json.dumps(content, indent=1, sort_keys=True))


def read_json(path: Path) -> Any:
    """What `write_json` was given; None where nothing whole is there."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def read_record(path: Path) -> dict[str, Any]:
    """As `read_json`, where only an object of JSON's will do; empty for anything else."""
    content = read_json(path)
    return content if isinstance(content, dict) else {}
