"""Something that was tried is left behind, and books what the third worker would need."""

LOSES = [
    "scaled to three, `sweep` has three workers registered with its scheduler",
]

# %% after: compute
#| !kubectl create deployment try --image={images}/python:1 -- python3 -c 'import signal; signal.pause()'
#| !kubectl set resources deployment try --limits=memory=400Mi --requests=cpu=10m,memory=16Mi
#| !kubectl rollout status deployment/try --timeout=60s
