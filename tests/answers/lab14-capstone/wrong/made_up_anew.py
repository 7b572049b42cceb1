"""The token was made up anew when the servers had been told the old one."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% after: serve
#| !kubectl rollout status deployment/triage --timeout=90s
core.patch_namespaced_secret("triage-token", namespace, {"stringData": {"TOKEN": secrets.token_urlsafe(24)}})
