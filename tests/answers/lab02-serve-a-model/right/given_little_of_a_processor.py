"""Each Pod may use a fifth of a processor, so that its server takes its time to come up; the probe waits for it."""

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080
#+ resources:
#+   limits: {{cpu: 200m, memory: 256Mi}}
