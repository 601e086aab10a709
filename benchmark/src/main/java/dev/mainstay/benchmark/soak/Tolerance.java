package dev.mainstay.benchmark.soak;

/**
 * The growth that a measure may show at the end and still be called flat: a share of its first
 * value, or a fixed amount, whichever is more. A leak grows with the purchases, of which the end of
 * 30 minutes has seen four times as many as the first quarter: even a slow leak exceeds these.
 */
enum Tolerance {
  /**
   * Megabytes of a heap after a forced collection, which moves by buffers only, while what leaks
   * one kilobyte a purchase is 24 MB more after 20 minutes at twenty a second.
   */
  HEAP(0.05, 8),

  /**
   * Megabytes of the machine's memory that a process holds. Collectors hold on to pages, caches
   * fill, compilers run for a while: a tenth of a JVM or of Temporal comes and goes.
   */
  RESIDENT(0.15, 32),

  /** Threads and open files: pools breathe, but by a few. */
  HANDLES(0.10, 10),

  /**
   * Sockets: the callers of the API and the simulators keep as many connections as were busy at
   * once within half a minute, and both ends of each are in this JVM.
   */
  SOCKETS(0.25, 30),

  /** Connections: a pool that had reached its size stays there; the API's breathes by a few. */
  CONNECTIONS(0, 4),

  /**
   * Bytes a purchase. An index whose keys come in no order is between half and quite full, all
   * pages splitting at about the same time, and autovacuum lets a fifth of a table die before it
   * comes.
   */
  BYTES_EACH(0.25, 16),

  /** Kilobytes of a table that has to stay as it is, a few pages or a fifth of it dead. */
  FIXED_SIZE(0.25, 256),

  /**
   * Dead rows, in percent of those at which autovacuum comes. It looks once a minute, so that the
   * share climbs to 100 and somewhat above, and falls again, the slower the larger the table.
   */
  DEAD(0, 100),

  /** Bytes of a history, in which only ids and numbers differ in length. */
  HISTORY_BYTES(0.02, 64),

  /** Events of a history: always the same. */
  HISTORY_EVENTS(0, 0),

  /** Work under way in one moment: a backlog would grow without end, chance only a little. */
  UNDER_WAY(0.5, 10),

  /** Milliseconds at the median, which neighbours on the machine move little. */
  MEDIAN(0.5, 5),

  /** Milliseconds at the 99th percentile: of a window's third slowest, at twenty a second. */
  TAIL(1, 50);

  private final double share;
  private final double amount;

  Tolerance(double share, double amount) {
    this.share = share;
    this.amount = amount;
  }

  /** Whether it is flat to come from one to the other; what became less is. */
  boolean covers(double first, double last) {
    return last - first <= Math.max(share * first, amount);
  }

  /** Its text in tables. */
  String text() {
    if (share == 0) {
      return "%.0f".formatted(amount);
    }
    return "%.0f %% or %.0f".formatted(100 * share, amount);
  }
}
