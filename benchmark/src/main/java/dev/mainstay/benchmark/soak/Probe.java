package dev.mainstay.benchmark.soak;

import java.io.IOException;
import java.sql.SQLException;

/** Measures something. */
@FunctionalInterface
interface Probe {

  void read(Sample into) throws SQLException, IOException, InterruptedException;
}
