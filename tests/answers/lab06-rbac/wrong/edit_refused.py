"""The cluster's own role `edit` is bound. The API server refuses it."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
    "`notebook` may read the logs of its workers",
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
    "`notebook` may neither read Secrets nor step into a running Pod",
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% change: notebook-binding
#- kind: Role
#- name: run-workers
#+ kind: ClusterRole
#+ name: edit
