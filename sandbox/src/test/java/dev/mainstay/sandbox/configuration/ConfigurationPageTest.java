package dev.mainstay.sandbox.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  @Test
  void docsConfigurationSaysWhatTheCodeSays() throws IOException {
    String right = new ConfigurationPage().text();
    Path made = Path.of("target", "configuration.md");
    Files.writeString(made, right);

    assertThat(Path.of("..", "docs", "configuration.md"))
        .as("the page; if it is behind the code, copy sandbox/%s over it", made)
        .hasContent(right);
  }
}
