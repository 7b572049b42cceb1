"""Two trainers use up the share beside those that wait; in each an init container has the one GPU first."""

# %% change: place-finetune
#- spec:
#-   template:
#+ spec:
#+   replicas: 2
#+   template:

#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Exists, effect: NoExecute, tolerationSeconds: 600}
#+ - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 30}

#- containers:
#+ initContainers:
#+   - name: look-at-the-card
#+     image: localhost:5000/python:1
#+     command: [python, -c, "print('one card, please')"]
#+     resources:
#+       limits: {cpu: 100m, memory: 64Mi, nvidia.com/gpu: 1}
#+ containers:

# %% change: place-tokenizer
#- spec:
#-   template:
#+ spec:
#+   replicas: 4
#+   template:

#- nodeSelector: {}
#+ nodeSelector: {kubernetes.io/os: linux}
