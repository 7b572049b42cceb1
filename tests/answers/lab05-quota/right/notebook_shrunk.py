"""Lena's notebook server runs on, with numbers that suit what it does."""

# %% cell: make-room
#| !kubectl set resources deployment notebook-lena --requests=cpu=5m,memory=16Mi --limits=cpu=100m,memory=24Mi
#| !kubectl rollout status deployment/notebook-lena --timeout=60s
