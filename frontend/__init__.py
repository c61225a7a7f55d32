"""The front end's build: style sheet, fonts and browser modules (`python -m frontend.build`). Not part of the wheel."""
