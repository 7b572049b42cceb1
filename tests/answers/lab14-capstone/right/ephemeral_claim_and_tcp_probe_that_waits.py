"""The claim is that of the trainer's Pod, by a generic ephemeral volume; the probe waits for twenty seconds."""

# %% change: train-and-store
#- apiVersion: v1
#- kind: PersistentVolumeClaim
#- metadata:
#-   name: model
#-   labels: {app.kubernetes.io/part-of: triage}
#- spec:
#-   accessModes: [ReadWriteOnce]
#-   resources:
#-     requests: {storage: 16Mi}
#- ---

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - name: model
#+   ephemeral:
#+     volumeClaimTemplate:
#+       metadata:
#+         labels: {app.kubernetes.io/part-of: triage}
#+       spec:
#+         accessModes: [ReadWriteOnce]
#+         resources: {requests: {storage: 10Mi}}

# %% change: settings-and-token
#- token = secrets.token_urlsafe(24)
#+ token = secrets.token_hex(8)

# %% before: serve
#| !kubectl wait --for=condition=complete job/train --timeout=180s
pods = core.list_namespaced_pod(namespace, label_selector="batch.kubernetes.io/job-name=train").items
claim = next(pod.metadata.name for pod in pods if pod.status.phase == "Succeeded") + "-model"

# %% change: serve
#- maxSurge: 1
#+ maxSurge: 2

#- httpGet: {path: /readyz, port: 8080}
#- periodSeconds: 1
#- timeoutSeconds: 5
#+ tcpSocket: {port: 8080}
#+ initialDelaySeconds: 20
#+ periodSeconds: 1

#- requests: {cpu: 20m, memory: 48Mi}
#- limits: {cpu: 500m, memory: 96Mi}
#+ requests: {cpu: 20m, memory: 40Mi}
#+ limits: {cpu: 300m, memory: 80Mi}

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, persistentVolumeClaim: {claimName: CLAIM}}

#- """)
#- %apply serve.yaml
#+ """.replace("CLAIM", claim))
#+ %apply serve.yaml
