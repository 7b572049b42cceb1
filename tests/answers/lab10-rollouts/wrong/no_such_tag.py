"""Version 2 as a tag of the image, which does not exist; the old Pods go on."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
    "whoever asks while `eta` replaces its Pods gets an answer",
    "a new Pod behind the Service is asked nothing before its model is loaded",
]

# %% change: ship-version-2
#- image: localhost:5000/python:1
#+ image: localhost:5000/python:2

#- !kubectl rollout status deployment/eta --timeout=120s
#+ !kubectl rollout status deployment/eta --timeout=5s

# %% change: roll-back
#- !kubectl rollout status deployment/eta --timeout=60s
