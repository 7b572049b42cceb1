"""A startup probe holds the Pod back until the model is loaded; there is no readiness probe."""

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080
#- readinessProbe:
#+ startupProbe:

#- periodSeconds: 1
#+ periodSeconds: 1
#+ failureThreshold: 120
