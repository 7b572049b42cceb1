"""The Secret holds a whole .env file, as on the laptop, and the token is a line of it."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: settings-and-token
#- !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#+ !echo TOKEN={token} | kubectl create secret generic triage-token --from-file=.env=/dev/stdin

# %% change: serve
#- command: [python, /handover/serve.py]
#+ command: [sh, -c, "set -a; . /run/triage/.env; exec python /handover/serve.py"]

#- - name: TOKEN
#-   valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /model, readOnly: true}
#+ - {name: env, mountPath: /run/triage, readOnly: true}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: env, secret: {secretName: triage-token}}
