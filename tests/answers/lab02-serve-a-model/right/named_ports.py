"""Ports and probes are called by name, and a startup probe holds the readiness probe back."""

# %% change: serve-deployment
#- labels: {{app: sentiment}}
#+ labels: {{app: sentiment, tier: model}}

#-   - containerPort: 8080
#+   - {{name: predictions, containerPort: 8080}}
#+ startupProbe:
#+   httpGet: {{path: /readyz, port: predictions}}
#+   periodSeconds: 1
#+   failureThreshold: 60

#- httpGet: {{path: /readyz, port: 8080}}
#- periodSeconds: 1
#+ httpGet: {{path: /readyz, port: predictions}}
#+ periodSeconds: 2

# %% change: serve-service
#- - port: 80
#-   targetPort: 8080
#+ - name: http
#+   port: 80
#+   targetPort: predictions
