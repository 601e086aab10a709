package dev.mainstay.benchmark.purchase.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements, in a file for each of Temporal's stores, and the page made from those that
 * count. A run that does not count is kept beside them, and replaces nothing.
 */
final class PeerResults {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;
  private final Path page;

  /**
   * Files are made when there is something to write.
   *
   * @param page in Markdown
   */
  PeerResults(Path directory, Path page) {
    this.directory = directory;
    this.page = page;
  }

  /**
   * Writes every round, and the page again if it has changed; returns a line for each file written.
   */
  List<String> write(List<PeerTable> measured) throws IOException {
    Files.createDirectories(directory);
    var done = new ArrayList<String>();
    for (PeerTable table : measured) {
      Path file = file(table.temporal(), table.counts() ? "" : "-busy");
      Files.writeString(file, JSON.writeValueAsString(table));
      done.add("Wrote " + file);
      if (!table.counts()) {
        done.add("The run does not count: others used the machine.");
      }
    }
    if (measured.stream().anyMatch(PeerTable::counts)) {
      done.add(writePage());
    } else {
      done.add(page + " is unchanged.");
    }
    return done;
  }

  private String writePage() throws IOException {
    var tables = new ArrayList<PeerTable>();
    for (TemporalStore store : TemporalStore.values()) {
      Path file = file(store, "");
      if (Files.notExists(file)) {
        return "%s is unchanged: no run with --temporal-on %s counts yet.".formatted(page, store);
      }
      tables.add(JSON.readValue(file.toFile(), PeerTable.class));
    }
    Files.writeString(page, new PeerReport(tables).page());
    return "Wrote " + page;
  }

  private Path file(TemporalStore store, String suffix) {
    return directory.resolve("purchase-peers-%s%s.json".formatted(store, suffix));
  }
}
