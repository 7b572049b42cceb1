"""A Deployment trains, and then sleeps so as not to be started again."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% cell: train-once
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: train
#| spec:
#|   selector:
#|     matchLabels: {job-name: train}
#|   template:
#|     metadata:
#|       labels: {job-name: train}
#|     spec:
#|       terminationGracePeriodSeconds: 1
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [sh, -c, "python /trainer/train.py; sleep infinity"]
#|           env:
#|             - {name: LEARNING_RATE, value: "0.5"}
#|             - {name: EPOCHS, value: "40"}
#|           volumeMounts:
#|             - {name: trainer, mountPath: /trainer}
#|       volumes:
#|         - {name: trainer, configMap: {name: trainer}}
