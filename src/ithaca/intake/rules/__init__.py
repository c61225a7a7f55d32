"""Pure decisions about an import: what changes, who is here twice, whom a wish means. Plain values in and out."""
