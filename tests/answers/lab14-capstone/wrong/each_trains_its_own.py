"""Every server trains a model of its own before it starts, and the Job's is read by nobody."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: serve
#- containers:
#-   - name: server
#+ initContainers:
#+   - name: trainer
#+     image: localhost:5000/python:1
#+     command: [python, /handover/train.py]
#+     env:
#+       - {name: REPORTS, value: /handover/reports.tsv}
#+       - {name: MODEL_DIR, value: /model}
#+     resources:
#+       requests: {cpu: 20m, memory: 48Mi}
#+       limits: {cpu: 500m, memory: 96Mi}
#+     volumeMounts:
#+       - {name: handover, mountPath: /handover}
#+       - {name: model, mountPath: /model}
#+ containers:
#+   - name: server

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, emptyDir: {}}
