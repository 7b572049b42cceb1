"""The Job's Pod trains in a container that comes first, and another one reports afterwards."""

# %% change: train-and-store
#- containers:
#-   - name: trainer
#+ containers:
#+   - name: report
#+     image: localhost:5000/python:1
#+     command: [sh, -c, "ls -l /model; echo done"]
#+     resources:
#+       requests: {cpu: 10m, memory: 16Mi}
#+       limits: {cpu: 100m, memory: 32Mi}
#+     volumeMounts:
#+       - {name: model, mountPath: /model, readOnly: true}
#+ initContainers:
#+   - name: trainer
