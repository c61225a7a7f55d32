"""The report of one matching as a single HTML file that needs nothing else: for the screen, for paper, light and dark."""
