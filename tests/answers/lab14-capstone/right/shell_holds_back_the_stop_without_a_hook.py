"""No hook: a shell lets the server answer for four seconds after TERM; a sidecar looks at the claim."""

# %% change: train-and-store
#- backoffLimit: 2
#+ suspend: true

# %% after: train-and-store
batch.patch_namespaced_job("train", namespace, {"spec": {"suspend": False}})

# %% change: settings-and-token
#- token = secrets.token_urlsafe(24)
#+ token = "-_" + secrets.token_urlsafe(30) + "_-"

# %% change: serve
#- containers:
#+ terminationGracePeriodSeconds: 15
#+ initContainers:
#+   - name: looks
#+     image: localhost:5000/python:1
#+     restartPolicy: Always
#+     command: [sh, -c, "trap 'exit 0' TERM; while true; do ls -l /model; sleep 60 & wait $!; done"]
#+     resources:
#+       requests: {cpu: 5m, memory: 8Mi}
#+       limits: {cpu: 50m, memory: 24Mi}
#+     volumeMounts:
#+       - {name: model, mountPath: /model, readOnly: true}
#+ containers:

#- command: [python, /handover/serve.py]
#+ command:
#+   - sh
#+   - -c
#+   - |
#+     python /handover/serve.py &
#+     server=$!
#+     trap 'sleep 4; kill "$server"; wait "$server"; exit 0' TERM
#+     wait "$server"

#- httpGet: {path: /readyz, port: 8080}
#- periodSeconds: 1
#+ exec:
#+   command:
#+     - python
#+     - -c
#+     - import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=3)
#+ initialDelaySeconds: 2
#+ periodSeconds: 3

#- lifecycle:
#-   preStop:
#-     sleep: {seconds: 4}

#- limits: {cpu: 500m, memory: 96Mi}
#+ limits: {cpu: 300m, memory: 96Mi}
