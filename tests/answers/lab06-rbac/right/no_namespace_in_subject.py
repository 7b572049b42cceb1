"""The subject leaves its namespace out: the binding's own is meant."""

# %% change: notebook-binding
#- apply(f"""
#+ apply("""

#- namespace: {namespace}
