"""A third copy is asked for, and the quota does not let it be made."""

# %% change: serve-deployment
#- replicas: 2
#+ replicas: 3

#- ports:
#-   - containerPort: 8080
#+ resources:
#+   requests: {{memory: 400Mi}}
