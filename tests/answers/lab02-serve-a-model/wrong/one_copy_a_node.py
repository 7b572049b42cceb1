"""Each copy wants a node of its own, and there is one node."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-deployment
#-   labels: {{app: sentiment}}
#- spec:
#+   labels: {{app: sentiment}}
#+ spec:
#+   affinity:
#+     podAntiAffinity:
#+       requiredDuringSchedulingIgnoredDuringExecution:
#+         - topologyKey: kubernetes.io/hostname
#+           labelSelector: {{matchLabels: {{app: sentiment}}}}

#- ports:
#-   - containerPort: 8080
