"""An Indexed Job trains three times at once, each in its own folder; the rights name the account as a User."""

# %% change: train-and-store
#- backoffLimit: 2
#+ completionMode: Indexed
#+ completions: 3
#+ parallelism: 3
#+ backoffLimit: 6

#- requests: {cpu: 50m, memory: 32Mi}
#- limits: {cpu: 500m, memory: 96Mi}
#+ requests: {cpu: 20m, memory: 40Mi}
#+ limits: {cpu: 300m, memory: 64Mi}

#- - {name: model, mountPath: /model}
#+ - {name: model, mountPath: /model, subPathExpr: run-$(JOB_COMPLETION_INDEX)}

# %% change: settings-and-token
#- token = secrets.token_urlsafe(24)
#+ import string
#+
#+ alphabet = string.ascii_letters + string.digits + "-_"
#+ token = "".join(secrets.choice(alphabet) for _ in range(200))

#- !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#+ !kubectl create secret generic triage-token --from-literal=TOKEN={token} "--from-literal=hint=ask the wind team"

# %% change: serve
#- replicas: 2
#+ replicas: 3
#+ revisionHistoryLimit: 0

#- matchLabels: {app: triage}
#+ matchExpressions:
#+   - {key: app, operator: In, values: [triage]}

#- containers:
#+ automountServiceAccountToken: false
#+ containers:

#- command: [python, /handover/serve.py]
#+ command: [python, /programs/serve.py]

#- - {name: MODEL, value: /model/model.json}
#- - name: THRESHOLD
#-   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ - {name: MODEL, value: /model/run-2/model.json}
#+ - name: BASE
#+   valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#+ - {name: THRESHOLD, value: $(BASE)}

#- timeoutSeconds: 5
#+ timeoutSeconds: 5
#+ successThreshold: 2

#- limits: {cpu: 500m, memory: 96Mi}
#+ limits: {cpu: 300m, memory: 72Mi}

#- - {name: handover, mountPath: /handover}
#+ - {name: programs, mountPath: /programs}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: programs, configMap: {name: handover, items: [{key: serve.py, path: serve.py}]}}

#- selector: {app: triage}
#- ports:
#-   - port: 80
#-     targetPort: 8080
#+ selector: {app: triage}
#+ sessionAffinity: ClientIP
#+ ports:
#+   - {name: direct, port: 8080}
#+   - {name: http, port: 80, targetPort: 8080}

# %% after: serve
peers = {"clusterIP": "None", "selector": {"app": "triage"}, "ports": [{"name": "http", "port": 8080}]}
named = {"name": "triage-pods", "labels": {"app.kubernetes.io/part-of": "triage"}}
core.create_namespaced_service(namespace, {"metadata": named, "spec": peers})

# %% cell: guard
account = f"system:serviceaccount:{namespace}:retrainer"
#| !kubectl create serviceaccount retrainer
#| !kubectl create role job-starter --verb=create --resource=jobs.batch
#| !kubectl create role job-finder --verb=get --resource=jobs.batch
#| !kubectl create role job-status --verb=get --resource=jobs.batch/status
#| !kubectl create rolebinding job-starter --role=job-starter --user={account}
#| !kubectl create rolebinding job-finder --role=job-finder --user={account}
#| !kubectl create rolebinding job-status --role=job-status --serviceaccount={namespace}:retrainer
#| !kubectl label serviceaccount/retrainer role/job-starter role/job-finder app.kubernetes.io/part-of=triage
#| !kubectl label rolebinding/job-starter rolebinding/job-finder app.kubernetes.io/part-of=triage
#| !kubectl label role/job-status rolebinding/job-status app.kubernetes.io/part-of=triage
