package dev.mainstay.activities.task;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** A file made from a person's data. */
interface TaskFile {

  String name();

  String mediaType();

  /** Writes it, within the transaction at hand, in memory that does not grow with the rows. */
  void write(UUID customerId, OutputStream out) throws IOException;
}
