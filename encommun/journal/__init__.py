"""What happened, who did it, to what. A row is written with each change; the worker chains the rows by hash and reacts to them."""
