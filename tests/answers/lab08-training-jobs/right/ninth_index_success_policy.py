"""A ninth index shows the time until the success policy, which asks for 0 to 7, ends it."""

# %% change: train-once
#- backoffLimit: 2
#+ backoffLimit: 3
#+ podFailurePolicy:
#+   rules:
#+     - action: FailJob
#+       onExitCodes: {containerName: trainer, operator: In, values: [1]}
#+     - action: Ignore
#+       onPodConditions: [{type: DisruptionTarget, status: "True"}]

# %% change: sweep
#- completions: 8
#+ completions: 9
#+ successPolicy:
#+   rules:
#+     - succeededIndexes: "0-7"

#- backoffLimit: 2
#+ backoffLimit: 4

#- restartPolicy: Never
#+ restartPolicy: Never
#+ terminationGracePeriodSeconds: 5

#- LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)
#+ if [ "$JOB_COMPLETION_INDEX" = 8 ]; then
#+   trap 'exit 3' TERM
#+   while true; do
#+     date
#+     sleep 1
#+   done
#+ fi
#+ LEARNING_RATE=$(cat /rates/$JOB_COMPLETION_INDEX)

# %% before: retrain
core.create_namespaced_config_map(namespace, {"metadata": {"name": "best"}, "data": {"LEARNING_RATE": "0.03"}})

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#+ schedule: "5 16 * * SUN-SAT"
#+ timeZone: Etc/UTC

#- backoffLimit: 2
#+ backoffLimit: 6
#+ podFailurePolicy:
#+   rules:
#+     - action: FailJob
#+       onExitCodes: {operator: NotIn, values: [0]}

#- env:
#-   - {name: LEARNING_RATE, value: "0.03"}
#+ envFrom:
#+   - configMapRef: {name: best}
