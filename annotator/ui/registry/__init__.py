"""Windows over the main one: choosing a record, the registries, the codebook, and finding."""
