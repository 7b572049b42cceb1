"""Manifest and autoscaler are wrong at first and put right; an autoscaler of something else stays beside it."""

# %% change: ranker-manifest
#- selector:
#+ replicas: 2
#+ selector:

#- httpGet: {path: /readyz, port: http}
#+ httpGet: {path: /healthz, port: http}

#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 30m, memory: 32Mi}

# %% cell: ranker-apply
#| !sed "s|localhost:5000/|{images}/|g" ranker.yaml | kubectl apply -f -
#| !kubectl rollout status deployment/ranker --timeout=120s
lines = Path("ranker.yaml").read_text().splitlines()
lines = [line.replace("/healthz", "/readyz") for line in lines if not line.strip().startswith("replicas:")]
Path("ranker.yaml").write_text("\n".join(lines) + "\n")
#| !sed "s|localhost:5000/|{images}/|g" ranker.yaml | kubectl apply -f -
#| !kubectl rollout status deployment/ranker --timeout=120s

# %% before: autoscaler
#| !kubectl autoscale deployment ranker --name=ranker --min=1 --max=10 --cpu=80%

# %% change: autoscaler
#- metadata:
#-   name: ranker
#+ metadata:
#+   name: ranker-2

#- type: Utilization
#- averageUtilization: 75
#+ type: AverageValue
#+ averageValue: 25m

# %% after: autoscaler
#| !kubectl delete hpa ranker --wait=true
Path("thumbs.yaml").write_text("""\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: thumbs
spec:
  selector:
    matchLabels: {app: thumbs}
  template:
    metadata:
      labels: {app: thumbs}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: thumbs
          image: localhost:5000/python:1
          command: [python, -c, "import signal; signal.pause()"]
          resources:
            requests: {cpu: 20m, memory: 24Mi}
            limits: {cpu: 20m, memory: 24Mi}
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata:
  name: thumbs
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: thumbs}
  minReplicas: 1
  maxReplicas: 2
  targetCPUUtilizationPercentage: 80
""")
#| %apply thumbs.yaml
#| !kubectl wait --for=condition=ScalingActive hpa/ranker-2 --timeout=120s
