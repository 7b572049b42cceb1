"""Each Pod is given its own file of settings by `subPathExpr`, and reads it as a script."""

# %% change: sweep
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#+ data:
#+   "0": export LEARNING_RATE=1e-3
#+   "1": export LEARNING_RATE=3e-3
#+   "2": export LEARNING_RATE=1e-2
#+   "3": export LEARNING_RATE=3e-2
#+   "4": export LEARNING_RATE=1e-1
#+   "5": export LEARNING_RATE=3e-1
#+   "6": export LEARNING_RATE=1.0
#+   "7": export LEARNING_RATE=3.0

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#- export LEARNING_RATE
#+ . /settings.sh

#- - {name: rates, mountPath: /rates}
#+ - {name: rates, mountPath: /settings.sh, subPathExpr: $(JOB_COMPLETION_INDEX)}
