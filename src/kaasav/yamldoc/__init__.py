"""The one reader for all YAML: text with places in, checked models and problems out."""
