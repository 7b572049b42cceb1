"""Of four targets the lowest of CPU is right and the others are never reached; it has a tolerance of its own."""

# %% cell: ranker-apply
#| !sed "s|localhost:5000/|{images}/|g" ranker.yaml | kubectl apply --server-side --force-conflicts -f -
#| !kubectl rollout status deployment/ranker --timeout=120s

# %% change: autoscaler
#- metadata:
#-   name: ranker
#+ metadata:
#+   name: nine.o-clock

#- - type: Resource
#-   resource:
#-     name: cpu
#-     target:
#-       type: Utilization
#-       averageUtilization: 75
#+ - type: Resource
#+   resource:
#+     name: memory
#+     target: {type: AverageValue, averageValue: 90Mi}
#+ - type: ContainerResource
#+   containerResource:
#+     name: cpu
#+     container: ranker
#+     target: {type: Utilization, averageUtilization: 200}
#+ - type: Resource
#+   resource:
#+     name: cpu
#+     target: {type: AverageValue, averageValue: "0.03"}
#+ - type: ContainerResource
#+   containerResource:
#+     name: cpu
#+     container: ranker
#+     target: {type: AverageValue, averageValue: 90m}

#- behavior:
#-   scaleDown:
#-     stabilizationWindowSeconds: 15
#+ behavior:
#+   scaleUp:
#+     stabilizationWindowSeconds: 0
#+     tolerance: "0.05"
#+     selectPolicy: Max
#+     policies:
#+       - {type: Pods, value: 4, periodSeconds: 15}
#+       - {type: Percent, value: 100, periodSeconds: 15}
#+   scaleDown:
#+     stabilizationWindowSeconds: 10
#+     selectPolicy: Max
#+     policies:
#+       - {type: Pods, value: 1, periodSeconds: 15}
#+       - {type: Percent, value: 50, periodSeconds: 15}

#- %apply autoscaler.yaml
#+ !kubectl apply --server-side --field-manager=me -f autoscaler.yaml
