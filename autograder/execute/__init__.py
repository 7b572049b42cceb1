"""Two kernels, one notebook: where a submission runs.

Student cells run in a student kernel inside a sandbox, check cells in a grader kernel of their
own, in notebook order; the two meet only in the cluster. A notebook and a workspace go in, the
executed notebook and the grader's verdicts come out. What the verdicts are worth, and where they
are kept, is left to grading.

papermill loads its engines while it is being imported, and ours is a subclass of papermill's own.
Whichever of the two is imported first, papermill has to be first to finish, hence the import here.
"""

import papermill.engines  # noqa: F401
