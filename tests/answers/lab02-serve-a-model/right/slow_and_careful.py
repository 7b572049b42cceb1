"""A Pod counts as available only after some seconds, all are replaced at once, and it says goodbye slowly."""

# %% change: serve-deployment
#- replicas: 2
#+ replicas: 2
#+ minReadySeconds: 5
#+ revisionHistoryLimit: 0
#+ strategy: {{type: Recreate}}

#-   labels: {{app: sentiment}}
#- spec:
#+   labels: {{app: sentiment}}
#+ spec:
#+   terminationGracePeriodSeconds: 40

#- ports:
#-   - containerPort: 8080
#+ lifecycle:
#+   preStop: {{exec: {{command: [sleep, "3"]}}}}
#+ livenessProbe:
#+   httpGet: {{path: /healthz, port: 8080}}
#+   initialDelaySeconds: 20
