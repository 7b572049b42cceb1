"""The Role is bound to all accounts of the namespace, of which the operator's is one."""

LOSES = [
    "nobody but the operator's account was given any rights in the namespace",
]

# %% change: rights
#-   - kind: ServiceAccount
#-     name: dask-operator
#+   - kind: Group
#+     name: system:serviceaccounts:NAMESPACE

#- %apply rights.yaml
#+ Path("rights.yaml").write_text(Path("rights.yaml").read_text().replace("NAMESPACE", namespace))
#+ %apply rights.yaml
