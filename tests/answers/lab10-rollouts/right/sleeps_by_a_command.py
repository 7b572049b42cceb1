"""The hook is a command that sleeps."""

# %% change: ship-version-2
#- sleep: {seconds: 5}
#+ exec: {command: [sleep, "4"]}
