"""A new lab, begun in the form that all labs have.

What passes through: a name, into the folders in which a lab lies: its notebook, what a workspace of it begins with, and
its first answers. They are small and run at once: an author changes what works, and always knows what broke it.

    naming       what a lab may be called
    scaffolding  the files of a new one, from `templates/`, written where there is none

What the templates say is to be written, a person writes; whether it is right, `proving` says.
"""
