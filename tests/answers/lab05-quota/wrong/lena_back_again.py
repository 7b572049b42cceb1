"""Once all runs, Lena's notebook server is put back to one copy, for which there is no room any more."""

LOSES = [
    "the quota is as it was set, and nothing but the trainers waits for room in it",
]

# %% cell: make-room
#| !kubectl scale deployment notebook-lena --replicas=0
#| !kubectl set resources deployment clicks --requests=cpu=40m,memory=120Mi --limits=cpu=300m,memory=160Mi
#| !kubectl rollout status deployment/clicks --timeout=120s

# %% cell: fit-clicks
#| !kubectl rollout status deployment/titles --timeout=90s
#| !kubectl scale deployment notebook-lena --replicas=1
