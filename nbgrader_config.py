"""What nbgrader reads when it is run in this folder: see autograder/grading/configuring.py.

Settings of your own go below the call, for example a due date's penalty, the exchange of a JupyterHub, or
`c.RunTwoKernels.kubeconfig`, `.context`, `.retries` and `.limits`.
"""

from pathlib import Path

from autograder.grading.configuring import configure

c = configure(get_config(), Path(__file__).parent)  # noqa: F821  # traitlets provides it

# What stands where a solution was. nbgrader's own raises an error, at which "Run All" would stop before the check
# cells; and above `%%apply` no line may stand, so it asks to be replaced.
c.ClearSolutions.code_stub = {"python": "# Replace this line with your work."}
