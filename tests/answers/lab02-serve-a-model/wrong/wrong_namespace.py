"""Everything is put into the namespace `default`, where the student may do nothing."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a new Pod is asked nothing before its model is loaded",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-deployment
#- name: sentiment
#+ name: sentiment
#+ namespace: default

#- ports:
#-   - containerPort: 8080

# %% change: serve-service
#- name: sentiment
#+ name: sentiment
#+ namespace: default
