"""The platform's ready-made role `course:editor` does all that is needed, and nearly everything else."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
    "`notebook` may neither read Secrets nor step into a running Pod",
]

# %% change: notebook-binding
#- kind: Role
#- name: run-workers
#+ kind: ClusterRole
#+ name: course:editor
