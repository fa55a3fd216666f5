"""Letters: written in the transaction that causes them (outbox), sent by the worker, with a stable Message-ID."""
