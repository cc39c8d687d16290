"""Everything that changes groups, split by concept."""
