"""The sweep is put into a namespace in which the student may do nothing."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
    "`sweep` lets no more than four Pods run at the same time",
]

# %% change: sweep
#- name: rates
#+ name: rates
#+ namespace: default

#- name: sweep
#+ name: sweep
#+ namespace: default
