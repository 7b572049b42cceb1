"""Numbers in YAML without quotes: the ConfigMap is refused, and nobody read that."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   port: 8317
#|   address: http://inbox:9300
#|   version: 1
#|   label: serves=inbox
#|   crashing: digest
#|   missing: DIGEST_TO
