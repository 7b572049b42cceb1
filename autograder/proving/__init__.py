"""Known answers of a lab, whether its grader makes of them what it must, and whether they would notice a weaker one.

What passes through: a lab's source and the files in tests/answers/LAB; out comes, for each answer, what it lost beside
what it must lose. Nothing is written into the course's grades.

    sources      a lab as its author wrote it
    answers      what an answer is
    parsing      its file → the answer
    patching     lines of the reference changed, found by what they say
    handing_in   the answer → the notebook and files that a student would hand in
    fitting      all answers to a lab, those that do not fit it any more said to be so
    running      one answer → graded, as any submission is
    side_by_side many at once, until they are done or somebody presses Ctrl-C
    masking      what of a message changes from run to run, put aside
    goldens      what wrong answers are told, on file
    outcomes     what came of an answer, and of all answers of a lab
    proofs       all of them on the live cluster, compared with what they claim
    rewording    what they are told now, in place of what is on file
    weakening    small ways in which a check cell could have asked for less
    mutants      a lab with one of them, and which answers may notice
    mutating     all of them on the live cluster: caught, or missed
    pacing       how far it is, and how long the rest takes
    showing      the same for a person; afterwards as a table, and by `page` as HTML
    remembering  the same as JSON, and kept for the next proof

How a submission is graded is left to `grading`.
"""
