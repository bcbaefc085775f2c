"""The database's schema, as the steps that lead to it.

A step that has been released is never edited: a new one follows.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE reviews (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            cancels INTEGER UNIQUE REFERENCES reviews (id),
            item TEXT,
            mode TEXT CHECK (mode IN ('recall', 'choice', 'exercise')),
            rating INTEGER CHECK (rating BETWEEN 1 AND 4),
            key_points TEXT,
            duration_ms INTEGER,
            language TEXT,
            session TEXT,
            answer TEXT,
            choice INTEGER,
            option INTEGER,
            digest TEXT,
            CHECK (cancels IS NOT NULL OR (item IS NOT NULL AND mode IS NOT NULL AND rating IS NOT NULL))
        )
        """,
        "CREATE INDEX reviews_session ON reviews (session)",
        # Neither a row that cancels nor the row that it cancels is a standing review.
        """
        CREATE VIEW standing_reviews AS
        SELECT * FROM reviews
        WHERE cancels IS NULL AND id NOT IN (SELECT cancels FROM reviews WHERE cancels IS NOT NULL)
        """,
        """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            item TEXT NOT NULL,
            verdict TEXT NOT NULL,
            score REAL NOT NULL,
            passed INTEGER NOT NULL,
            total INTEGER NOT NULL,
            cpu_seconds REAL NOT NULL,
            digest TEXT NOT NULL,
            seed TEXT,
            findings TEXT NOT NULL
        )
        """,
        "CREATE INDEX attempts_item ON attempts (item)",
        *(
            f"CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are only appended'); END"
            for table in ("reviews", "attempts")
            for verb in ("UPDATE", "DELETE")
        ),
        # Progress of sessions is not history: these tables are updated in place.
        """
        CREATE TABLE sessions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            begun TEXT NOT NULL,
            plan TEXT NOT NULL,
            ended TEXT
        )
        """,
        "CREATE TABLE skips (session TEXT, item TEXT, PRIMARY KEY (session, item)) WITHOUT ROWID",
        "CREATE TABLE drafts (session TEXT, item TEXT, text TEXT NOT NULL, PRIMARY KEY (session, item)) WITHOUT ROWID",
        # Number of hints shown, by exercise; state, not history.
        "CREATE TABLE hints (item TEXT PRIMARY KEY, seen INTEGER NOT NULL)",
    ),
)
"""Step n takes schema n to n + 1; SQLite's `user_version` holds the number of steps taken."""
