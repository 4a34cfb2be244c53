"""What changes the record: keyword-only functions, one transaction each, safe to be broken off and done again."""
