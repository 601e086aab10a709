package dev.mainstay.workflows;

import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the histories of tests' runs for {@link ReplayTest}, when the tests are run with {@code
 * -Dmainstay.record-histories=true}. Done once for each released shape of a workflow.
 */
public final class HistoryRecorder {

  /** Where {@link ReplayTest} reads them. */
  static final Path FOLDER = Path.of("src/test/resources/histories");

  private HistoryRecorder() {}

  /** Keeps the run's history as it is now under the name. */
  public static void record(TestWorkflowEnvironment temporal, String name, String workflowId) {
    if (!Boolean.getBoolean("mainstay.record-histories")) {
      return;
    }
    String json =
        temporal
            .getWorkflowClient()
            .fetchHistory(workflowId)
            .toJson(true)
            .replaceAll("(\"identity\": )\"[^\"]*\"", "$1\"test\"");
    try {
      Files.writeString(FOLDER.resolve(name + ".json"), json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
