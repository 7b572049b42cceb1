"""Learning alone: a lab, a place on the cluster to work on it, and a grade, for one person on one machine.

What passes through: a lab as it is handed out; out come a JupyterLab in which everything works and, once the learner
hands in, the grade that an instructor would have given. The learner is nobody's opponent here: whatever they write
into their own notebook can deceive nobody but themselves. It is shown, and the grade never depends on it.

    desks        what lies where below study/, and which labs there are
    own_work     the learner's own files: laid out once, never written over, put aside when they begin anew
    staying      their workspace: made when there is none that is still good, used again while there is
    furnishing   what one JupyterLab is told, and nothing else of the learner's is
    serving      that JupyterLab, from its start to its end
    states       how far they are with each lab
    handing_in   their work, graded as an instructor would

How a workspace is made is left to `workspace`, how work is graded to `grading`.
"""
