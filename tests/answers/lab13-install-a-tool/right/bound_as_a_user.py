"""The binding names the operator's account as a User, under its full name."""

# %% change: rights
#-   - kind: ServiceAccount
#-     name: dask-operator
#+   - kind: User
#+     name: system:serviceaccount:NAMESPACE:dask-operator

#- %apply rights.yaml
#+ Path("rights.yaml").write_text(Path("rights.yaml").read_text().replace("NAMESPACE", namespace))
#+ %apply rights.yaml
