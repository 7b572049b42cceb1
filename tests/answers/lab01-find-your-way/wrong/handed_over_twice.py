"""Right at first; then the last two keys were handed over alone, which takes the other four away."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
]

# %% cell: look-restarts
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   port: "8317"
#|   address: http://inbox:9300
#|   version: "1"
#|   label: serves=inbox

# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   crashing: digest
#|   missing: DIGEST_TO
