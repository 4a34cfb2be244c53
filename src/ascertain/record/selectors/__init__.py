"""What reads the record and changes nothing."""
