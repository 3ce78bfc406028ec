"""What is durable: Protocols in `base`, SQLite behind them, the writer thread."""
