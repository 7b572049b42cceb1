"""A container beside the trainer's watches it, and both say what they need."""

# %% change: train-once
#- containers:
#+ initContainers:
#+   - {name: hello, image: localhost:5000/python:1, command: [echo, "about to train"]}
#+ containers:
#+   - name: beside
#+     image: localhost:5000/python:1
#+     command: [python, -c, "print('{}')"]
#+     resources: {limits: {cpu: 100m, memory: 32Mi}}

# %% change: retrain
#- - name: trainer
#+ - {name: beside, image: localhost:5000/python:1, command: [sh, -c, "echo {} > /dev/termination-log"]}
#+ - name: trainer

#- image: localhost:5000/python:1
#+ image: localhost:5000/python:1
#+ resources: {requests: {cpu: 200m, memory: 64Mi}, limits: {cpu: "1", memory: 256Mi}}
