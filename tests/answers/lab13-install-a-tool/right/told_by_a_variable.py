"""The operator is told its namespace by a variable that kopf reads itself."""

# %% change: operator
#- - --namespace=$(POD_NAMESPACE)

#- - name: POD_NAMESPACE
#+ - name: KOPF_RUN_NAMESPACES
