"""What leaves the office: certificate, letter, improvement report, award list. Made from what is recorded."""
