"""nbgrader's folders and gradebook, graded through two kernels.

What passes through: a submission as nbgrader collected it; out come a grade in nbgrader's own gradebook and
`evidence/STUDENT/LAB/verdicts.json`. nbgrader's commands, formgrader's buttons and `autograder grade` all take the
one path that `configuring` lays:

    declaring      generate_assignment: a lab whose criteria do not add up is not released
    collecting     collect: what a student wrote, not what their links point to
    opening        autograde begins: the submission is taken up, its file is read (by `reading`)
    reassembling   the lab's own cells (from `canonical`) take the place of the submission's
    running        both kernels, in a workspace of its own; `attempting` again while something of ours is wrong
    settling       what the grader kernel said → one verdict for each declared criterion
    recording      verdicts → the gradebook (`gradebook`) and `verdicts`, what every report reads
    disarming      a student's outputs, before a person looks at them
    feedback       generate_feedback: the verdicts, less what is hidden (`visible`)
    exporting      export: an ungraded submission is not a zero
    grading        all of it for a class, from Python
    proving        the same checks against known `answers`

Running a notebook is left to `execute`, showing what came of it to `report`.
"""
