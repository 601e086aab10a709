package dev.mainstay.benchmark.purchase.peers;

/** The store of the Temporal server's runs. */
public enum TemporalStore {
  FILE("file", "Temporal's development server on a file"),
  POSTGRES(
      "postgres",
      "a Temporal server %s on the same PostgreSQL".formatted(TemporalOnPostgres.VERSION));

  private final String text;
  private final String server;

  TemporalStore(String text, String server) {
    this.text = text;
    this.server = server;
  }

  /** The server that does, in words. */
  String server() {
    return server;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return text;
  }
}
