"""The engine room: background jobs behind the `django-tasks` seam, embedded on SQLite, Procrastinate on PostgreSQL."""
