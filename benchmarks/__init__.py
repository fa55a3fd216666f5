"""Speed, each as a ratio or a rate measured in one run: ``python -m benchmarks pages|bookings|scans|start|call``."""
