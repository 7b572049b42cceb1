"""The account does not mount its token into Pods by itself."""

# %% change: notebook-account
#-   name: notebook
#+   name: notebook
#+   annotations: {purpose: "starts workers"}
#+ automountServiceAccountToken: false
