"""Rules as data: one TOML file per daerah, its schema, calendar, conditions and checks."""
