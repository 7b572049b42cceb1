"""The account does not mount its token into Pods by itself."""

# %% cell: notebook-account
apply("""
apiVersion: v1
kind: ServiceAccount
metadata:
  name: notebook
  annotations: {purpose: "starts workers"}
automountServiceAccountToken: false
""")
