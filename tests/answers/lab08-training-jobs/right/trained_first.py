"""The trainer is an init container, from a copy of the ConfigMap on an emptyDir, and something else comes after it."""

# %% change: train-once
#- containers:
#-   - name: trainer
#+ containers:
#+   - {name: report, image: localhost:5000/python:1, command: [echo, reported]}
#+ initContainers:
#+   - {name: copy, image: localhost:5000/python:1, command: [sh, -ec, "cp /given/* /trainer/"], volumeMounts: [{name: given, mountPath: /given}, {name: trainer, mountPath: /trainer}]}
#+   - name: trainer

#- - {name: trainer, configMap: {name: trainer}}
#+ - {name: given, configMap: {name: trainer}}
#+ - {name: trainer, emptyDir: {}}
