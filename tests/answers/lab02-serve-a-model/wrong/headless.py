"""The Service has no address of its own, so that port 80 is asked of the Pods themselves."""

LOSES = [
    "another Pod reaches the model as `http://sentiment`",
]

# %% change: serve-service
#- spec:
#+ spec:
#+   clusterIP: None
