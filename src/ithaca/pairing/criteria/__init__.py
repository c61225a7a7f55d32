"""The criteria: one class in one file each, listed in registry.py. docs/engine.md says how to add one."""
