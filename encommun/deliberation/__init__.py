"""How people talk and decide, on any subject: comments, interest, ballots, committees, decisions."""
