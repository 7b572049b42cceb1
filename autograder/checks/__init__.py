"""What a check cell can ask, one module per kind of question.

A check cell imports `autograder.lab`, which re-exports the verbs; nothing outside imports a module of this
package except `reading` (a cell's criteria without running it) and `criteria.MIME` (how verdicts leave a kernel).

    connecting, kubeconfig   an account on one cluster, and nothing but plain JSON from it
    kinds                    "deployment/x" and where the API keeps it
    watching                 collections that tell when they change
    settling, waiting        what can still change, and waiting for it
    requests, permissions, pods, probing, looking   the questions
    comparing, sentences     saying what is expected; inputs made up on the spot
    criteria, explaining, evidence, showing, reading   from a finding to a verdict that explains itself
"""
