"""The doors people enter by: what the coordinator does today, and the participant's next step."""
