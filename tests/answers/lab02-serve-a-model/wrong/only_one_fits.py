"""Each copy asks for so much memory that the quota lets one be made."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080
#+ resources:
#+   requests: {{memory: 600Mi}}
#+   limits: {{memory: 800Mi}}
