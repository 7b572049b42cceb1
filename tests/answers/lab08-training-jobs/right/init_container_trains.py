"""In all three the trainer is an init container, and the main one says goodbye; 05:59, and a whole hour."""

# %% change: train-once
#- containers:
#+ containers:
#+   - {name: goodbye, image: localhost:5000/python:1, command: [python, -c, "print('the training is over')"]}
#+ initContainers:

# %% change: sweep
#- parallelism: 4
#+ parallelism: 3

#- containers:
#+ containers:
#+   - {name: goodbye, image: localhost:5000/python:1, command: [python, -c, "print('one of eight is over')"]}
#+ initContainers:

# %% change: retrain
#- schedule: "0 3 * * *"
#+ schedule: "59 5 * * *"

#- backoffLimit: 2
#- activeDeadlineSeconds: 1800
#+ backoffLimit: 0
#+ activeDeadlineSeconds: 3600

#- containers:
#+ containers:
#+   - {name: goodbye, image: localhost:5000/python:1, command: [python, -c, "print('good night')"]}
#+ initContainers:
