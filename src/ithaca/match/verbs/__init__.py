"""What `ithaca match` can do, a file each: `arguments` says what it takes, `run` does it and returns the exit code."""
