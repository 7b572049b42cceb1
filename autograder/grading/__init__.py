"""nbgrader's folders and gradebook, graded through two kernels.

What passes through: a submission as nbgrader collected it; out come a grade in nbgrader's own gradebook and
`evidence/STUDENT/LAB/verdicts.json`. nbgrader's commands, formgrader's buttons and `autograder grade` all take the
one path that `configuring` lays:

    converting     the walk over nbgrader's folders, student by student: one's trouble is never another's
    declaring      generate_assignment: a lab whose criteria do not add up is not released
    registering    the gradebook knows a lab as its source has it now
    clearing       a solution's pictures are not handed out
    collecting     collect: what a student wrote, not what their links point to
    keeping        autograde begins: the submission is taken up, and ungraded until it has a grade
    receiving      which of its files is the notebook, and what lies beside it
    opening        that file is read (by `reading`, its pictures by `picturing`)
    reassembling   the lab's own cells (from `canonical`) take the place of the submission's
    running        both kernels, in a workspace of its own; `attempting` again while something of ours is wrong
    settling       what the grader kernel said → one verdict for each declared criterion
    recording      verdicts → the gradebook (`gradebook`) and `verdicts`, what every report reads
    disarming      what a student wrote, before a person looks at it: what may stay (`taming`), once it was seen that a
                   page can be made of it (`trying`)
    feedback       generate_feedback: the verdicts, less what is hidden (`visible`)
    releasing      release_feedback: to those who can fetch it, where it shows the grade as it is (`stamping`)
    exporting      export: an ungraded submission is not a zero
    wording        what any of these logs is fit for a terminal
    grading        all of it for a class, from Python

Running a notebook is left to `execute`, showing what came of it to `report`, and holding the same checks against known
answers to `proving`.
"""
