"""What `benchmarks.live` measures with: a load generator and a floor in C, other servers, and our own."""
