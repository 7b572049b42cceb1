"""What a student's notebook can do beside plain Python: `%load_ext autograder.notebook`.

    magics       `%%apply`, `%apply FILE`, `%kubectl …`
    manifests    YAML as it is written → objects, each with the line on which everything of it stands
    applying     one object → server-side apply, and a line that says what became of it
    pointing     what the API server complains about → the line that it is about
    scenes       what lives in the namespace now, and what is wrong with it
    telling      a scene as text
    drawing      a scene as a small picture
    overlooking  `lab.look()`

All of it works with the rights of whoever runs the notebook and knows nothing of grades. `!kubectl` and the Python
client go on working beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext` calls."""
    from autograder.notebook.magics import CourseMagics

    shell.register_magics(CourseMagics)
