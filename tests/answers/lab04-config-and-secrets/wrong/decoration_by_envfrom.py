"""The ConfigMap is read with `envFrom`, and a variable in the template wins over it."""

LOSES = [
    "a new Pod works with the model that its ConfigMap names then",
]

# %% change: give-path
#- !kubectl set env deployment/scorer --from=configmap/scorer-settings
#+ container = {
#+     "name": "scorer",
#+     "envFrom": [{"configMapRef": {"name": "scorer-settings"}}],
#+     "env": [{"name": "MODEL_PATH", "value": "/models/autumn.json"}],
#+ }
#+ apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
