"""YAML with blocks of text: blanks, line ends and quotes around the values."""

# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   port: |
#|     8317
#|   address: "  http://inbox:9300/  "
#|   version: '"1"'
#|   label: |2+
#|       serves=inbox
#|
#|   crashing: >
#|     digest
#|   missing: DIGEST_TO
