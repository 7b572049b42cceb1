"""Lena's notebook server is not deleted: it is asked for no more."""

# %% cell: make-room
#| !kubectl scale deployment notebook-lena --replicas=0
