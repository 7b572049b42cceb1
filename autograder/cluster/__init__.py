"""Where a live cluster comes from: one that the user names, or an embedded one of upstream Kubernetes.

connection    what everything else is handed, whichever it is
embedded      up and down, from the machine's side      observing     what it is doing
kubeconfigs → accounts ← plugins, proxies               other people's clusters: what is on file, and who asks
refusals                                                who said no, and what to change
toolchain → building → images                           what it is made of, built once into the user's cache
components ← configuring ← certificates                 what runs, under which flags, with which files
keeping → enclosing → supervising                       who starts it, in which namespaces, and again
addons, requesting                                      what is put into it once it answers
cgroups, processes, places, progress                    one small thing each, that the others need
"""
