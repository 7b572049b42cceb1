"""No Role of one's own: the platform team's narrow ClusterRole, bound in this namespace."""

# %% cell: notebook-role

# %% change: notebook-binding
#- kind: Role
#- name: run-workers
#+ kind: ClusterRole
#+ name: course:worker-runner
