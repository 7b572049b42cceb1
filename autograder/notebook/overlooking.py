"""`lab.look()`: what lives in your namespace now, as a picture in a notebook and as text anywhere else."""

from __future__ import annotations

from autograder.checks import connecting
from autograder.errors import AutograderError
from autograder.notebook.drawing import as_html
from autograder.notebook.scenes import scene
from autograder.notebook.telling import as_text


def look(*, namespace: str | None = None) -> None:
    """Show what lives in a namespace: who made which Pods, who sends requests to them, and what is wrong.

    Args:
        namespace: yours where it is not given.
    """
    try:
        connecting.renew()
        api = connecting.current()
        seen = scene(api, namespace or api.place.namespace)
    except AutograderError as error:
        print(error)
        return
    text = as_text(seen)
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(text)
        return
    if get_ipython() is None:
        print(text)
        return
    display({"text/plain": text, "text/html": as_html(seen)}, raw=True)
