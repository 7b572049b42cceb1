"""Instead of saying what `titles` needs, somebody asks for a larger allowance, and is refused."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles
#| !kubectl patch quota allowance --patch '{{"spec": {{"hard": {{"limits.memory": "4Gi", "limits.cpu": "12"}}}}}}'
