"""Who: organisations, the people in them, their profiles, their roles, and how they sign in.

An `Account` is a sign-in (one address, perhaps several organisations); a `Person` is somebody in one organisation,
with or without an account yet. Everything else in the house points at a Person, so organisations stay wholly apart.
"""
