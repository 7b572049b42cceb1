"""`%%apply`, `%apply FILE`, `%kubectl …`: a manifest or a command in a cell, and what the cluster says to it.

Nothing here raises at a refusal: it is printed, as kubectl prints it, and the cells below go on. What is written
wrongly is shown with its line.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class

from autograder.checks import connecting
from autograder.errors import AutograderError
from autograder.notebook.applying import Applied, apply
from autograder.notebook.manifests import shown_line, written

DEFAULT_IMAGES = "localhost:5000"
"""where manifests that are handed out say that images are; the embedded cluster keeps them there"""
_IMAGE = re.compile(rf"(?m)^(\s*-?\s*image:\s*[\"']?){re.escape(DEFAULT_IMAGES)}/")
_NEEDS_A_TERMINAL = ("edit", "attach")


@magics_class
class CourseMagics(Magics):  # type: ignore[misc]
    """The magics of `%load_ext autograder.notebook`."""

    @line_cell_magic  # type: ignore[untyped-decorator]
    def apply(self, line: str, cell: str | None = None) -> None:
        """Apply manifests: `%%apply` those in the cell, `%apply FILE …` those in files."""
        names = shlex.split(line)
        if cell is None and not names:
            raise UsageError("%apply FILE …, or %%apply with YAML below it")
        if cell is not None and names:
            raise UsageError("%%apply takes the cell below it and no file; %apply FILE takes files")
        texts = [("", cell)] if cell is not None else [(name, _read(name)) for name in names]
        for name, text in texts:
            _apply_text(text, f"{name} " if name else "")

    @line_magic  # type: ignore[untyped-decorator]
    def kubectl(self, line: str) -> None:
        """Run kubectl as you: `%kubectl get pods`. `{name}` and `$name` are Python's."""
        program = shutil.which("kubectl")
        if program is None:
            print("there is no kubectl on PATH: `autograder cluster kubectl --where` says where it is", file=sys.stderr)
            return
        words = shlex.split(line)
        if words[:1] and (words[0] in _NEEDS_A_TERMINAL or {"-it", "-ti", "--tty"} & set(words)):
            print(f"`kubectl {words[0]}` needs a terminal: File → New → Terminal", file=sys.stderr)
            return
        _run([program, *words])


def _apply_text(text: str, where: str) -> None:
    try:
        api = connecting.current()
        text, moved = _with_images(text, api.place.image_prefix)
        if moved:
            print(f"images are pulled from {api.place.image_prefix} here, instead of {DEFAULT_IMAGES}")
        objects = written(text)
        if not objects:
            print(f"{where}there is no object in it", file=sys.stderr)
        for each in apply(api, objects):
            _tell(each, text, where)
    except AutograderError as error:
        print(f"{where}{error}", file=sys.stderr)


def _with_images(text: str, prefix: str) -> tuple[str, bool]:
    """Manifests name the embedded cluster's registry; elsewhere the course's images have another place."""
    if prefix == DEFAULT_IMAGES:
        return text, False
    changed = _IMAGE.sub(lambda found: f"{found[1]}{prefix}/", text)
    return changed, changed != text


def _tell(applied: Applied, text: str, where: str) -> None:
    for warning in applied.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if applied.became != "refused":
        print(f"{applied.name} {applied.became}")
        return
    print(f"{applied.name} refused", file=sys.stderr)
    for each in applied.complaints:
        print(f"  {where}line {each.line}: {shown_line(text, each.line).strip()}", file=sys.stderr)
        print(f"    {each.says}", file=sys.stderr)


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _run(command: list[str]) -> None:
    """Its output as it comes, in the order it comes."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ, bufsize=0
    )
    assert process.stdout is not None
    try:
        while chunk := process.stdout.read(65536):
            print(chunk.decode("utf-8", "replace"), end="", flush=True)
    except KeyboardInterrupt:
        process.terminate()
        print("(ended)", file=sys.stderr)
    finally:
        process.stdout.close()
        process.wait()
