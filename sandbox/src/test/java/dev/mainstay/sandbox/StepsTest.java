package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

  @TempDir Path directory;

  @Test
  void eachStepOfAnotherProcessIsRepeatedOnceAndNothingElse() throws IOException {
    Path errors = Files.writeString(directory.resolve("up.err"), "");
    var repeated = new ArrayList<String>();
    Runnable steps = Steps.repeat(errors, repeated::add);

    steps.run();
    Files.writeString(errors, "   3 s  PostgreSQL is ready\nä warning\n  12 s  Temporal is");
    steps.run();
    steps.run();
    assertThat(repeated).containsExactly("   3 s  PostgreSQL is ready");

    Files.writeString(
        errors, "   3 s  PostgreSQL is ready\nä warning\n  12 s  Temporal is ready\n");
    steps.run();
    assertThat(repeated)
        .containsExactly("   3 s  PostgreSQL is ready", "  12 s  Temporal is ready");
  }
}
