"""The papermill engine `autograder`."""

from papermill.engines import Engine


class TwoKernelEngine(Engine):
    """Being written."""
