"""Server-side apply from the shell, as another manager; the GPU is `1000m`, the words come from files."""

# %% cell: record-findings
#| %%sh
#| dir=$(mktemp -d)
#| printf '  %s \n\n' Taint > "$dir/amber"
#| printf '  %s \n\n' Label > "$dir/birch"
#| printf '  %s \n\n' Resource > "$dir/cedar"
#| kubectl create configmap findings --from-file="$dir"
#| rm -r "$dir"

# %% cell: place-finetune
#| %%sh
#| kubectl apply --server-side --force-conflicts --field-manager=student -f - <<'YAML'
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: finetune
#|   annotations: {who-asked-for-it: the trainer, costs-an-hour: "40"}
#| spec:
#|   template:
#|     spec:
#|       tolerations:
#|         - {key: nvidia.com/gpu, value: present}
#|       nodeSelector:
#|         kubernetes.io/os: linux
#|         nvidia.com/gpu.present: "true"
#|       containers:
#|         - name: trainer
#|           resources:
#|             limits: {nvidia.com/gpu: 1000m}
#| YAML

# %% cell: place-tokenizer
#| %%sh
#| kubectl apply --server-side --force-conflicts --field-manager=student -f - <<'YAML'
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata:
#|   name: tokenizer
#| spec:
#|   replicas: 3
#|   template:
#|     metadata:
#|       annotations: {moved: off-the-expensive-node}
#|     spec:
#|       tolerations: []
#|       nodeSelector: {}
#| YAML
