"""Where a live cluster comes from: one that the user names, or an embedded one of upstream Kubernetes.

connection    what everything else is handed, whichever it is
kubeconfigs → accounts ← plugins, proxies               other people's clusters: what is on file, and who asks
refusals                                                who said no, and what to change
embedded      up and down, from the machine's side      observing, diagnosing   what it is doing, and what ails it
toolchain → building → images                           what it is made of, built once into the user's cache
components, agents ← configuring ← certificates         what runs, under which flags, with which files
laying → addressing                                     at which addresses
keeping → enclosing → supervising                       who starts it, in which namespaces, and again
confining                                               what Pods may reach
addons, requesting                                      what is put into it once it answers
cgroups, places, privileges, processes, progress, remembering, room, scratch
                                                        one small thing each, that the others need
"""
