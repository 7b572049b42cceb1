"""The account `default` was bound by mistake, and the binding was deleted."""

# %% before: notebook-binding
#| !kubectl create rolebinding mistake --role=run-workers --serviceaccount={namespace}:default

# %% after: notebook-binding
#| !kubectl delete rolebinding mistake
