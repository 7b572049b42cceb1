"""All in one manifest, from the end of the chain to its beginning; both settings by envFrom."""

# %% cell: train-and-store
#| %%apply
#| apiVersion: v1
#| kind: Service
#| metadata: {name: triage, labels: {app.kubernetes.io/part-of: triage}}
#| spec: {selector: {app: triage}, ports: [{port: 80, targetPort: http}]}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: triage, labels: {app.kubernetes.io/part-of: triage}}
#| spec:
#|   replicas: 2
#|   selector: {matchLabels: {app: triage}}
#|   template:
#|     metadata: {labels: {app: triage, app.kubernetes.io/part-of: triage}}
#|     spec:
#|       containers:
#|         - name: server
#|           image: localhost:5000/python:1
#|           command: [sh, -c, exec python /handover/serve.py]
#|           ports: [{name: http, containerPort: 8080}]
#|           envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: token}}]
#|           readinessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 1, timeoutSeconds: 5}
#|           lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
#|           resources: {requests: {cpu: 20m}, limits: {cpu: 500m, memory: 64Mi}}
#|           volumeMounts: [{name: all, mountPath: /handover}, {name: kept, mountPath: /kept, readOnly: true}]
#|       volumes: [{name: all, configMap: {name: handover}}, {name: kept, persistentVolumeClaim: {claimName: kept}}]
#| ---
#| apiVersion: v1
#| kind: ConfigMap
#| metadata: {name: settings, labels: {app.kubernetes.io/part-of: triage}}
#| data: {MODEL: /kept/model.json, THRESHOLD: "1.50"}
#| ---
#| apiVersion: v1
#| kind: Secret
#| metadata: {name: token, labels: {app.kubernetes.io/part-of: triage}}
#| stringData: {TOKEN: a-token-for-the-wind-farm-only}
#| ---
#| apiVersion: batch/v1
#| kind: Job
#| metadata: {name: train, labels: {app.kubernetes.io/part-of: triage}}
#| spec:
#|   template:
#|     metadata: {labels: {app.kubernetes.io/part-of: triage}}
#|     spec:
#|       restartPolicy: Never
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /handover/train.py]
#|           env: [{name: REPORTS, value: /handover/reports.tsv}, {name: MODEL_DIR, value: /kept}]
#|           resources: {requests: {cpu: 20m}, limits: {cpu: 500m, memory: 64Mi}}
#|           volumeMounts: [{name: all, mountPath: /handover}, {name: kept, mountPath: /kept}]
#|       volumes: [{name: all, configMap: {name: handover}}, {name: kept, persistentVolumeClaim: {claimName: kept}}]
#| ---
#| apiVersion: v1
#| kind: PersistentVolumeClaim
#| metadata: {name: kept, labels: {app.kubernetes.io/part-of: triage}}
#| spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 8Mi}}}
#| ---
#| apiVersion: v1
#| kind: ServiceAccount
#| metadata: {name: retrainer, labels: {app.kubernetes.io/part-of: triage}}
#| ---
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: Role
#| metadata: {name: start-jobs, labels: {app.kubernetes.io/part-of: triage}}
#| rules: [{apiGroups: [batch], resources: [jobs], verbs: [create, get]}]
#| ---
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: RoleBinding
#| metadata: {name: retrainer-starts-jobs, labels: {app.kubernetes.io/part-of: triage}}
#| roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: start-jobs}
#| subjects: [{kind: ServiceAccount, name: retrainer}]

# %% cell: settings-and-token

# %% cell: serve

# %% cell: guard
