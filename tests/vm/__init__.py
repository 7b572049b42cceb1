"""The machine that most readers have, booted: a stock Debian 12 with systemd and control groups of version 2.

`disk` makes its disk, `machine` runs it in qemu and listens, `inside` is what it does once it is up.
"""
