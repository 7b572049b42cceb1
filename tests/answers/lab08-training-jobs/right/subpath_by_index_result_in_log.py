"""The termination message is overwritten with other words: the result stands in the log, and others below it."""

# %% cell: train-once
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: once
#| data: {LEARNING_RATE: "0.5", EPOCHS: "40"}
#| ---
#| apiVersion: batch/v1
#| kind: Job
#| metadata:
#|   name: train
#| spec:
#|   backoffLimit: 2
#|   ttlSecondsAfterFinished: 86400
#|   template:
#|     spec:
#|       restartPolicy: Never
#|       containers:
#|         - name: train
#|           image: localhost:5000/python:1
#|           command:
#|             - sh
#|             - -ec
#|             - |
#|               echo "on $NODE"
#|               python /work/code/train.py
#|               echo "trained; the figures are in the log" > /dev/termination-log
#|               echo
#|               echo "with the settings of the ConfigMap once"
#|               echo "that is all"
#|           env:
#|             - name: NODE
#|               valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
#|           envFrom:
#|             - configMapRef: {name: once}
#|           volumeMounts:
#|             - {name: work, mountPath: /work, readOnly: true}
#|       volumes:
#|         - name: work
#|           projected:
#|             sources:
#|               - configMap:
#|                   name: trainer
#|                   items:
#|                     - {key: train.py, path: code/train.py}
#|                     - {key: letters.tsv, path: code/letters.tsv}
#|               - downwardAPI:
#|                   items:
#|                     - {path: name, fieldRef: {fieldPath: metadata.name}}

# %% change: sweep
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#+ immutable: true
#+ data: {"0": "0.03", "1": "3", "2": "0.001", "3": "0.3", "4": "0.1", "5": "0.01", "6": "1", "7": "0.003"}

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#+ LEARNING_RATE=$(cat /rate)

#- exec python /trainer/train.py
#+ python /trainer/train.py
#+ echo "index $JOB_COMPLETION_INDEX is through" > /dev/termination-log
#+ echo "index $JOB_COMPLETION_INDEX is through"

#- - {name: rates, mountPath: /rates}
#+ - {name: rates, mountPath: /rate, subPathExpr: $(JOB_COMPLETION_INDEX)}

# %% before: retrain
core.create_namespaced_config_map(
    namespace, {"metadata": {"name": "every-night"}, "immutable": True, "data": {"rate": "0.03"}}
)

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#- concurrencyPolicy: Forbid
#+ schedule: "30 23 1-31 * *"
#+ timeZone: Asia/Kathmandu
#+ startingDeadlineSeconds: 1800

#- command: [python, /trainer/train.py]
#- env:
#-   - {name: LEARNING_RATE, value: "0.03"}
#+ command:
#+   - sh
#+   - -c
#+   - |
#+     set -e
#+     python /trainer/train.py
#+     echo "see the log" > /dev/termination-log
#+     echo "good night"
#+ env:
#+   - name: LEARNING_RATE
#+     valueFrom: {configMapKeyRef: {name: every-night, key: rate}}
