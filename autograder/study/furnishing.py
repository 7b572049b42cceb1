"""What one JupyterLab is told, and nothing else of the learner's is: its settings, its shell, its environment.

JupyterLab reads settings from a folder in the home, kernels inherit the server's environment, and a terminal runs a
shell that sets `PATH` anew. All of these are given to this one server, in a folder made for it, so that the notebook
and the terminal find the same cluster, the same `kubectl` and the same `autograder`, and the home stays as it is.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.cluster import building, remembering
from autograder.cluster.connection import WINS_OVER_KUBECONFIG, Connection
from autograder.study.desks import Desk, closed
from autograder.workspace import Workspace

_OFF_ON_THE_SERVER = (
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "notebook",
    "jupyter_lsp",
)
"""An instructor's; a second interface to the same files; what asks `npm`, which writes to the home, for servers."""
_OFF_IN_THE_BROWSER = (
    "@jupyter/nbgrader",
    "@jupyter-notebook/lab-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/extensionmanager-extension",
)
"""The same there, and what would install programs into the course's environment."""
_SETTINGS: dict[str, dict[str, object]] = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    # What is listed and handed in is what is saved.
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 20},
}
"""JupyterLab's own defaults, changed; what the learner chooses wins over them."""
_INHERITED_BY_NOBODY = ("AUTOGRADER_WORKSPACE", "AUTOGRADER_CONTEXT")
"""The grader's, and a context that another server was started with; and every variable of Jupyter's."""


def furnish(desk: Desk, workspace: Workspace, inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """Write what JupyterLab finds, and say what is to be in its environment.

    Args:
        workspace: the learner's; a new kubeconfig is made for it.
        inherited: the environment that it changes; this process's when None.

    Raises:
        WorkspaceError: no kubeconfig was given.
    """
    remembering.write(closed(desk.ours) / "kubeconfig", workspace.student_kubeconfig())
    environment = dict(os.environ if inherited is None else inherited)
    for name in [each for each in environment if each.startswith("JUPYTER") or each in _INHERITED_BY_NOBODY]:
        del environment[name]
    ours = _variables(desk, workspace)
    path = [_folder_of_kubectl(desk, workspace.connection), str(Path(sys.executable).parent)]
    _configure(desk, _shell(desk, ours, path))
    return environment | ours | {"PATH": os.pathsep.join([*path, environment.get("PATH", os.defpath)])}


def _variables(desk: Desk, workspace: Workspace) -> dict[str, str]:
    connection = workspace.connection
    files = (connection.kubeconfig, *connection.further)
    found = {
        "KUBECONFIG": str(desk.ours / "kubeconfig"),
        "AUTOGRADER_IMAGES": workspace.image_prefix,
        # The learner's own account looks after one workspace; `autograder` goes on as whoever started this.
        WINS_OVER_KUBECONFIG: "" if connection.is_embedded else os.pathsep.join(map(str, files)),
        "JUPYTER_CONFIG_DIR": str(_config(desk)),
        "JUPYTER_DATA_DIR": str(desk.ours / "jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(desk.ours / "jupyter" / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(desk.preferences),
        "IPYTHONDIR": str(desk.ours / "ipython"),
        "KUBECACHEDIR": str(desk.ours / "kube-cache"),
    }
    return found | ({"AUTOGRADER_CONTEXT": connection.context} if connection.context else {})


def _folder_of_kubectl(desk: Desk, connection: Connection) -> str:
    """A folder in which `kubectl` lies and nothing else."""
    program = connection.kubectl or shutil.which("kubectl") or building.kubectl()
    folder = desk.ours / "bin"
    folder.mkdir(exist_ok=True)
    link = folder / "kubectl"
    if Path(program).parent != folder:  # it is found there when this is started from the lab's own terminal
        link.unlink(missing_ok=True)
        link.symlink_to(Path(program).absolute())
    return str(folder)


def _shell(desk: Desk, variables: Mapping[str, str], path: list[str]) -> list[str]:
    """The terminal's shell: the person's own settings first, since they may set `PATH`, and then the lab's."""
    bash = shutil.which("bash")
    if bash is None:
        return [os.environ.get("SHELL") or "sh"]
    lines = [
        *(f"[ -r {file} ] && . {file}" for file in ("/etc/bash.bashrc", "~/.bashrc")),
        *(f"export {name}={shlex.quote(value)}" for name, value in variables.items()),
        f'export PATH={shlex.quote(os.pathsep.join(path))}:"$PATH"',
        f"HISTFILE={shlex.quote(str(desk.ours / 'shell-history'))}",
    ]
    rc = desk.ours / "terminal.bash"
    remembering.write(rc, "\n".join(lines) + "\n")
    return [bash, "--rcfile", str(rc), "-i"]


def _configure(desk: Desk, shell: list[str]) -> None:
    labconfig = _config(desk) / "labconfig"
    labconfig.mkdir(parents=True, exist_ok=True)
    server = {
        "jpserver_extensions": dict.fromkeys(_OFF_ON_THE_SERVER, False),
        "terminado_settings": {"shell_command": shell},
        "allow_root": True,
    }
    remembering.write_json(_config(desk) / "jupyter_server_config.json", {"ServerApp": server})
    off = {"disabledExtensions": dict.fromkeys(_OFF_IN_THE_BROWSER, True)}
    remembering.write_json(labconfig / "page_config.json", off)
    remembering.write_json(labconfig / "default_setting_overrides.json", _SETTINGS)


def _config(desk: Desk) -> Path:
    return desk.ours / "jupyter" / "config"
