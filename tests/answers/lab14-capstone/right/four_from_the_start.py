"""Four servers from the start, the rights in two Roles and two bindings."""

# %% change: serve
#- replicas: 2
#+ replicas: 4

#- limits: {cpu: 500m, memory: 96Mi}
#+ limits: {cpu: 300m, memory: 96Mi}

# %% change: guard
#- resources: [jobs]
#- verbs: [create, get]
#+ resources: [jobs, jobs/status]
#+ verbs: [get]

# %% after: guard
#| !kubectl create role start-jobs --verb=create --resource=jobs.batch
#| !kubectl create rolebinding start-jobs --role=start-jobs --serviceaccount={namespace}:retrainer
#| !kubectl label role/start-jobs rolebinding/start-jobs app.kubernetes.io/part-of=triage
