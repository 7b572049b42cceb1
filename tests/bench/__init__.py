"""What `make bench` measures. Not a test: nothing here fails for being slow; it prints what it saw, once.

`starting` times clusters, `grading` times submissions here and with stock nbgrader.
"""
