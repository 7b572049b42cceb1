"""`dask-operator` only sleeps: the true operator runs in a second Deployment, as the same account."""

# %% cell: operator
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: dask-operator
#| spec:
#|   replicas: 1
#|   selector:
#|     matchLabels: {app: doorkeeper}
#|   template:
#|     metadata:
#|       labels: {app: doorkeeper, team: forecast}
#|     spec:
#|       serviceAccountName: dask-operator
#|       automountServiceAccountToken: false
#|       terminationGracePeriodSeconds: 1
#|       containers:
#|         - name: doorkeeper
#|           image: localhost:5000/dask:1
#|           command: [python3, -c, "import time; time.sleep(10**8)"]
#|           readinessProbe:
#|             exec: {command: [python3, --version]}
#|             periodSeconds: 10
#|             timeoutSeconds: 5
#|           resources:
#|             requests: {cpu: 10m, memory: 32Mi}
#|             limits: {memory: 64Mi}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: dask-controller
#| spec:
#|   replicas: 1
#|   strategy: {type: Recreate}
#|   selector:
#|     matchLabels: {app: dask-controller}
#|   template:
#|     metadata:
#|       labels: {app: dask-controller, team: forecast}
#|     spec:
#|       serviceAccountName: dask-operator
#|       containers:
#|         - name: kopf
#|           image: localhost:5000/dask:1
#|           command: [kopf, run, --module=dask_kubernetes.operator.controller, --namespace=$(HERE), /srv/namespaced.py]
#|           env:
#|             - {name: DASK_KUBERNETES__CONTROLLER__EVENTS__ENABLED, value: "false"}
#|             - name: HERE
#|               valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
#|           securityContext:
#|             capabilities: {drop: [ALL]}
#|             runAsNonRoot: true
#|             runAsUser: 1000
#|             allowPrivilegeEscalation: false
#|             readOnlyRootFilesystem: true
#|           resources:
#|             requests: {cpu: 50m, memory: 128Mi}
#|             limits: {memory: 200Mi}

# %% before: cluster
#| !kubectl rollout status deployment/dask-operator --timeout=40s
#| !kubectl rollout status deployment/dask-controller --timeout=40s
