"""Lena's notebook server is put to sleep while room is made, and woken when all is done: it waits."""

LOSES = [
    "the quota is as it was set, and nothing but the trainers waits for room in it",
]

# %% cell: make-room
#| !kubectl scale deployment notebook-lena --replicas=0
#| !kubectl wait --for=delete pod -l app=notebook-lena --timeout=60s

# %% after: fit-clicks
#| !kubectl rollout status deployment/titles --timeout=90s
#| !kubectl rollout status deployment/clicks --timeout=90s
#| !kubectl scale deployment notebook-lena --replicas=1
