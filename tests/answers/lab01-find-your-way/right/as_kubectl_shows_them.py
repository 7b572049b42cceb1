"""Written as kubectl shows them: `deployment.apps/digest`, and the label with a colon."""

# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   port: "8317"
#|   address: HTTP://inbox:9300
#|   version: "1"
#|   label: "serves: inbox"
#|   crashing: deployment.apps/digest
#|   missing: "'DIGEST_TO'"
