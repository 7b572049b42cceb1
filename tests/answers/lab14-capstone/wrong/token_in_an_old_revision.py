"""The token stood in the template at first, and has a Secret since."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: serve
#- %apply serve.yaml
#+ text = Path("serve.yaml").read_text()
#+ reference = "            - name: TOKEN\n              valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}"
#+ Path("first.yaml").write_text(text.replace(reference, f"            - {{name: TOKEN, value: '{token}'}}"))
#+ !kubectl create -f first.yaml
#+ !kubectl rollout status deployment/triage --timeout=90s
#+ !kubectl replace -f serve.yaml
