"""Lena's notebook server is shrunk to what fits beside its old Pod, and the trainers fit beside it."""

# %% cell: make-room
#| !kubectl set resources deployment notebook-lena --requests=cpu=20m,memory=16Mi --limits=cpu=200m,memory=64Mi
#| !kubectl rollout status deployment/notebook-lena --timeout=60s
