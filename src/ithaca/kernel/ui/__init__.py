"""The UI kit: tokens, layout, components, icons, charts, and the living page that shows them all (/-/ui/)."""
