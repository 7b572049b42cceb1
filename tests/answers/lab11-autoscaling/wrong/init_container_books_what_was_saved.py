"""An init container was given the old resources, so that each Pod books as much as before."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% change: ranker-manifest
#- containers:
#+ initContainers:
#+   - name: look-at-the-program
#+     image: localhost:5000/python:1
#+     command: [python, -c, "compile(open('/programs/ranker.py').read(), 'ranker.py', 'exec')"]
#+     resources:
#+       requests: {cpu: 100m, memory: 32Mi}
#+       limits: {cpu: 100m, memory: 96Mi}
#+     volumeMounts:
#+       - {name: programs, mountPath: /programs}
#+ containers:

# %% change: autoscaler
#- type: Utilization
#- averageUtilization: 75
#+ type: AverageValue
#+ averageValue: 30m
