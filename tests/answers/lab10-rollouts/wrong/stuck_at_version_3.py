"""Version 3 is watched as it fails, and nobody goes back."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "version 3 was a revision of `eta`, and its newest revision is version 2",
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: ship-version-2
#- replicas: 4
#+ replicas: 4
#+ progressDeadlineSeconds: 20

# %% change: roll-back
#- !kubectl rollout undo deployment/eta
#- !kubectl rollout status deployment/eta --timeout=60s
