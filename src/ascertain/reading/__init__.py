"""Reading: a report becomes claims with their evidence."""
