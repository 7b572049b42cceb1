"""Wrong at first everywhere, and put right afterwards; the findings too."""

# %% before: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:1
#| !kubectl scale deployment/forecast --replicas=0
#| !kubectl scale deployment/forecast --replicas=1

# %% before: repair-restarting
#| !kubectl set resources deployment/embedder --limits=memory=128Mi
#| !kubectl set env deployment/pricer CURRENCY=USD
#| !kubectl delete pods -l app=embedder --wait=false

# %% before: record-findings
#| !kubectl create configmap findings --from-literal=reviews=port
#| !kubectl delete configmap findings
