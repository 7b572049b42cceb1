"""The first autoscaler was one for another name, and is deleted; the second is applied twice."""

# %% before: autoscaler
#| !kubectl create deployment rankers --image={images}/python:1 --replicas=0
#| !kubectl autoscale deployment rankers --min=1 --max=2 --cpu=50%
#| !kubectl delete hpa rankers

# %% after: autoscaler
#| %apply autoscaler.yaml
