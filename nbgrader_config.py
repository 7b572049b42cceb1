"""What nbgrader reads when it is run in this folder: see autograder/grading/configuring.py.

Settings of your own go below the call, for example a due date's penalty, the exchange of a JupyterHub, or
`c.RunTwoKernels.kubeconfig`, `.context`, `.retries` and `.limits`.
"""

from pathlib import Path

from autograder.grading.configuring import configure

c = configure(get_config(), Path(__file__).parent)  # noqa: F821  # traitlets provides it
