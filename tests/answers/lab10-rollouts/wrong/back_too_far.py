"""Rolled back by number, to the first revision there was."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "version 3 was a revision of `eta`, and its newest revision is version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "a new Pod behind the Service is asked nothing before its model is loaded",
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: roll-back
#- !kubectl rollout undo deployment/eta
#+ !kubectl rollout undo deployment/eta --to-revision=1
