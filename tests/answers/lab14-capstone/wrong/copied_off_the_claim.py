"""Each Pod copies the model to a volume of its own first, and serves the copy."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: serve
#- containers:
#-   - name: server
#+ initContainers:
#+   - name: copy
#+     image: localhost:5000/python:1
#+     command: [sh, -c, "until cp /kept/model.json /model/model.json; do sleep 1; done"]
#+     resources:
#+       requests: {cpu: 20m, memory: 48Mi}
#+       limits: {cpu: 500m, memory: 96Mi}
#+     volumeMounts:
#+       - {name: kept, mountPath: /kept, readOnly: true}
#+       - {name: model, mountPath: /model}
#+ containers:
#+   - name: server

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: kept, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, emptyDir: {}}
