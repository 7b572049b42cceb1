"""`clicks` is made anew with other labels, another container's name, and the program mounted elsewhere."""

# %% cell: make-room
#| !kubectl delete deployment notebook-lena clicks --cascade=foreground

# %% cell: fit-clicks
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: clicks
#|   labels: {team: ranking}
#| spec:
#|   replicas: 2
#|   strategy:
#|     rollingUpdate: {maxSurge: 0, maxUnavailable: 2}
#|   selector:
#|     matchLabels: {team: ranking, model: clicks}
#|   template:
#|     metadata:
#|       labels: {team: ranking, model: clicks}
#|     spec:
#|       terminationGracePeriodSeconds: 2
#|       containers:
#|         - name: learner
#|           image: localhost:5000/python:1
#|           command: [python, -u, /opt/trainers/train.py]
#|           env:
#|             - {name: TRAINER, value: clicks}
#|             - {name: EXAMPLES_MIB, value: "96"}
#|           ports:
#|             - {containerPort: 8000}
#|           readinessProbe:
#|             httpGet: {path: /progress, port: 8000}
#|             periodSeconds: 2
#|             timeoutSeconds: 3
#|           resources:
#|             requests: {cpu: 30m, memory: 100Mi}
#|             limits: {cpu: "1", memory: 190Mi}
#|           volumeMounts:
#|             - {name: program, mountPath: /opt/trainers, readOnly: true}
#|       volumes:
#|         - name: program
#|           configMap: {name: trainers}
