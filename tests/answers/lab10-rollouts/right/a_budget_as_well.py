"""A budget for disruptions, a restart and a note beside what was asked."""

# %% after: canary
#| !kubectl create poddisruptionbudget eta --selector=app=eta --min-available=4
#| !kubectl annotate deployment eta kubernetes.io/change-cause='back to version 2'
#| !kubectl rollout restart deployment/eta
#| !kubectl rollout status deployment/eta --timeout=90s
