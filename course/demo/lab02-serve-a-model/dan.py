"""wrong: an image tag that does not exist, and no Service"""

# %% cell: serve-deployment
#| !kubectl create deployment sentiment --image={images}/sentiment:newest --port=8080 --replicas=2

# %% cell: serve-service
