"""A second container may write to the claim, by another volume's name."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: serve
#- containers:
#-   - name: server
#+ containers:
#+   - name: backup
#+     image: localhost:5000/python:1
#+     command: [python, -c, "import os, signal; signal.signal(signal.SIGTERM, lambda *_: os._exit(0)); signal.pause()"]
#+     resources:
#+       requests: {cpu: 5m, memory: 16Mi}
#+       limits: {cpu: 50m, memory: 32Mi}
#+     volumeMounts:
#+       - {name: backup, mountPath: /backup}
#+   - name: server

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: backup, persistentVolumeClaim: {claimName: model}}
