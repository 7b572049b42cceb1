"""The scheduler may also read Pods and their logs, since somebody will ask."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% change: guard
#-   - apiGroups: [batch]
#+   - apiGroups: [""]
#+     resources: [pods, pods/log]
#+     verbs: [get]
#+   - apiGroups: [batch]
