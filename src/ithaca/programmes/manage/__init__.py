"""Pages of coordinators: programmes, cohorts, their people, and roles."""
