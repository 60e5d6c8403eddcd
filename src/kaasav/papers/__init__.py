"""Looking across the papers of rounds: finding, re-use, personal data, what is due, and erasing lawfully."""
