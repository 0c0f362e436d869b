"""Forms of standards: what people type about drafts and their rules."""
