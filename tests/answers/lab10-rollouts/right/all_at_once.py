"""Twice as many Pods for a moment, and no old one goes before all are there."""

# %% change: ship-version-2
#- maxSurge: 2
#+ maxSurge: 100%
