"""The papermill engine `autograder`: papermill's flow, with two kernels instead of one.

papermill reads the notebook, puts in the parameters, shows progress and saves; what happens in
between is `running`'s. A run has an event loop and a thread of its own, so that it works from a
command line and inside formgrader's loop alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import os
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager
from papermill.iorw import write_ipynb

from autograder.execute import grader, sandbox, student
from autograder.execute.limits import Limits
from autograder.execute.running import Report, Setup, run

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection
    from autograder.workspace import Workspace


_SAVE_SHARE = 10
"""How many times as long as a save takes nothing is saved after it."""
_STOPPED_WITHIN_S = 0.2
"""How often a run looks whether it is to stop."""


class TwoKernelEngine(Engine):  # type: ignore[misc]
    """Runs student cells and check cells in kernels of their own."""

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> NotebookNode:
        """As papermill's own, except that a kill in the middle of a save does not spoil the notebook."""
        manager = _SafelySaving(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, **options)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, setup: Setup | None = None, **options: Any
    ) -> None:
        """Run it.

        Args:
            kernel_name: not used; both kernels are Python's.
            setup: None from the `papermill` command: the author of a notebook runs it in a fresh
                workspace of the cluster that `KUBECONFIG` names, or of the embedded one.
        """
        with contextlib.ExitStack() as opened:
            ready = setup or opened.enter_context(_own_setup(options.get("input_path")))
            _run_in_thread(run(nb_man, ready), ready.stop)


class _SafelySaving(NotebookExecutionManager):  # type: ignore[misc]
    """Saves no more often than is cheap, and replaces the notebook as a whole where it is an ordinary file.

    papermill saves twice a cell. A notebook of thousands of cells, or of few with much output, would
    spend its time on that; here saving takes at most a tenth of it, and what is put off is made up for.
    """

    nb: NotebookNode
    _owed = False
    _next_save_s = 0.0

    def save(self, **options: Any) -> None:
        self.nb = options.get("nb") or self.nb
        started_s = time.monotonic()
        self._owed = started_s < self._next_save_s
        if not self._owed:
            self._save(**options)
            finished_s = time.monotonic()
            self._next_save_s = finished_s + _SAVE_SHARE * (finished_s - started_s)

    def autosave_cell(self, **options: Any) -> None:
        if self._owed:
            self.save(**options)
        else:
            super().autosave_cell(**options)

    def notebook_complete(self, **options: Any) -> None:
        self._next_save_s = 0.0
        super().notebook_complete(**options)

    def _save(self, **options: Any) -> None:
        if not self.output_path or "://" in str(self.output_path) or str(self.output_path) == "-":
            super().save(**options)
            return
        path = Path(self.output_path)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".ipynb", dir=path.parent)
        os.close(descriptor)
        try:
            write_ipynb(self.nb, temporary)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self.last_save_time = self.now()


def setup_for(
    connection: Connection,
    workspace: Workspace,
    *,
    files: Path | None,
    limits: Limits,
    check_cells: dict[str, str] | None,
    stop: threading.Event | None = None,
) -> Setup:
    """What the kernels of a run get from a workspace.

    Raises:
        RequirementMissing: there is no kubectl to lend.
        WorkspaceError: the workspace gave no credentials.
    """
    inside = f"https://{sandbox.api_name(connection.server)}:{sandbox.API_PORT}"
    # The certificate is checked against the name it was made for, wherever the relay listens.
    name = connection.tls_server_name or urlsplit(connection.server).hostname
    belongings = student.Belongings(
        kubeconfig=workspace.student_kubeconfig(server=inside, tls_server_name=name),
        server=connection.server,
        proxy=connection.proxy or "",
        files=files,
        kubectl=connection.kubectl_to_lend(),
    )
    credentials = grader.Credentials(workspace.grader_kubeconfig(), dict(workspace.as_json()))
    from autograder.workspace.guarding import Guard  # not above, as in `_own_setup`

    guard = Guard(workspace)
    guard.remember()
    return Setup(belongings, credentials, limits, check_cells, Report(), guard.restore, guard.hold, stop)


@contextlib.contextmanager
def _own_setup(notebook: str | None) -> Iterator[Setup]:
    # Not above: papermill imports this module whatever engine it is asked for.
    from autograder.cluster.connection import connect
    from autograder.workspace import open_workspace

    path = Path(notebook) if isinstance(notebook, str) else None
    connection = connect()
    with open_workspace(connection, path.stem if path else "notebook", getpass.getuser(), wait=False) as workspace:
        files = path.resolve().parent if path and path.exists() else None
        yield setup_for(connection, workspace, files=files, limits=Limits(), check_cells=None)


def _run_in_thread(work: Coroutine[Any, Any, None], stop: threading.Event | None = None) -> None:
    """Run it in a loop of its own, and stop it when this thread is told to stop, or once `stop` is set.

    A sandbox dies with the thread that started it, hence one thread from start to end.
    """
    failure: list[BaseException] = []
    running: dict[str, Any] = {}
    ready = threading.Event()

    async def supervised() -> None:
        running["task"], running["loop"] = asyncio.current_task(), asyncio.get_running_loop()
        ready.set()
        await work

    def body() -> None:
        try:
            asyncio.run(supervised())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=body, name="two-kernels")
    thread.start()

    def cancel() -> None:
        ready.wait()
        with contextlib.suppress(RuntimeError):  # it ended just now
            running["loop"].call_soon_threadsafe(running["task"].cancel)

    try:
        while stop is not None and thread.is_alive() and not stop.is_set():
            thread.join(_STOPPED_WITHIN_S)
        if stop is not None and stop.is_set():
            cancel()
        thread.join()
    except BaseException:
        cancel()
        thread.join()
        raise
    if failure:
        raise _first(failure[0])


def _first(error: BaseException) -> BaseException:
    """The cause itself instead of the group that a task group makes of it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
