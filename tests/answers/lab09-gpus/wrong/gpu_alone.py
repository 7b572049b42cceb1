"""`finetune` asks for a GPU and says nothing else, as most tutorials do: the taint keeps it out."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` finds the pool by its label, and runs nowhere else",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- tolerations:
#-   - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ terminationGracePeriodSeconds: 1

#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ restartPolicy: Always
