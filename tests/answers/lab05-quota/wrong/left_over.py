"""A Deployment that was only made to try something is left behind, and waits for room."""

LOSES = [
    "the quota is as it was set, and nothing but the trainers waits for room in it",
]

# %% after: fit-clicks
#| !kubectl rollout status deployment/clicks --timeout=90s
#| !kubectl create deployment try --image={images}/python:1 -- python -c 'import time; time.sleep(10**6)'
