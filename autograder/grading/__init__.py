"""nbgrader's folders and gradebook, graded through two kernels.

What passes through: a submission as nbgrader collected it; out come a grade in nbgrader's own
gradebook and `evidence/STUDENT/LAB/verdicts.json`. nbgrader's commands, formgrader's buttons and
`autograder grade` all take the one path that `configuring` lays. Running a notebook is left to
`execute`, showing what came of it to `report`.
"""
