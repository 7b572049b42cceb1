"""The version is a number where a text belongs: nothing of it was ever applied, and version 3 taken back to 1."""

LOSES = [
    "`eta` is rolled out, and has at least four ready Pods, all of version 2",
    "version 3 was a revision of `eta`, and its newest revision is version 2",
    "of the ready Pods behind the Service `eta` one in five is of version 4, and the others of version 2",
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
    "a new Pod behind the Service is asked nothing before its model is loaded",
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: ship-version-2
#- - {name: VERSION, value: "2"}
#+ - {name: VERSION, value: 2}
