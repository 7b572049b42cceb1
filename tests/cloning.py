"""A fresh clone of this repository, and the environment in which its pages' commands are run there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_RUN = "<!-- not run by tests/test_pages.py"
_DROPPED = ("KUBECONFIG", "AUTOGRADER_COURSE", "AUTOGRADER_EXCHANGE")


def fresh_clone(folder: Path, cluster: str) -> tuple[Path, dict[str, str]]:
    """A clone below a folder, and an environment with the cluster of that name; `make setup` counts as done."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True, timeout=120)
    bin_folder = clone / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "activate").write_text("")  # what `make setup` would make is the environment of this test
    return clone, {key: value for key, value in os.environ.items() if key not in _DROPPED} | {
        "AUTOGRADER_CLUSTER": cluster,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(clone),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter-config"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter-data"),
    }


def run_there(clone: Path, environment: dict[str, str], commands: list[str]) -> subprocess.CompletedProcess[str]:
    """A block's commands, in one shell that ends with the first that fails."""
    script = "set -eo pipefail\n" + "\n".join(commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, script + done.stdout[-3000:] + done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    return done


def shell_blocks(text: str) -> list[list[str]]:
    """The commands of a page's shell blocks, those left out that say why they are not run."""
    blocks = re.findall(r"^([^\n]*)\n```(?:console|sh|bash|shell)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    run = [body for before, body in blocks if not before.rpartition("\n")[2].startswith(NOT_RUN)]
    return [re.findall(r"^\$ (.*)$", body, re.MULTILINE) for body in run]
