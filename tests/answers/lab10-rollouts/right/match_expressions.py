"""The canary selects by an expression, and everything has more labels than it needs."""

# %% change: canary
#- matchLabels: {app: eta, track: canary}
#+ matchExpressions:
#+   - {key: track, operator: In, values: [canary, trial]}

#- labels: {app: eta, track: canary}
#+ labels: {app: eta, track: canary, team: parcels}
