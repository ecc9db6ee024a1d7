"""The pages. They read through the snapshot's door under a scope and compute nothing."""
