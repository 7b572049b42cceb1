"""The ready-made role `view` is bound as well, for reading everything that is no Secret."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% after: notebook-binding
#| !kubectl create rolebinding notebook-looks-around --clusterrole=view --serviceaccount={namespace}:notebook
