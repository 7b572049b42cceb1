"""A second container beside the server, a budget, a liveness probe, a headless Service, and notes with the label."""

# %% change: serve
#- containers:
#-   - name: server
#+ containers:
#+   - name: beside
#+     image: localhost:5000/python:1
#+     command: [python, -c, "import os, signal; signal.signal(signal.SIGTERM, lambda *_: os._exit(0)); signal.pause()"]
#+     resources:
#+       requests: {cpu: 5m, memory: 16Mi}
#+       limits: {cpu: 50m, memory: 32Mi}
#+   - name: server

# %% after: serve
#| !kubectl create pdb triage --selector=app=triage --min-available=1
#| !kubectl create configmap notes --from-literal=who=we
#| !kubectl label configmap notes app.kubernetes.io/part-of=triage
peers = {"clusterIP": "None", "selector": {"app": "triage"}, "ports": [{"port": 8080}]}
named = {"name": "peers", "labels": {"app.kubernetes.io/part-of": "triage"}}
core.create_namespaced_service(namespace, {"metadata": named, "spec": peers})
