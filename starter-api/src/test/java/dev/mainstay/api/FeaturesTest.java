package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.api.Features.Feature;
import dev.mainstay.api.problem.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {

  @ParameterizedTest
  @ValueSource(strings = {"data-export", "dataexport"})
  void whatIsOffIsRefusedUnderItsNameInAFileAndInTheEnvironment(String key) {
    Features features = new Features(Map.of(key, new Feature(false)));

    assertThatThrownBy(() -> features.require("data-export"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("mainstay.features.data-export.enabled");
  }

  @Test
  void whatIsOnOrNotNamedIsNot() {
    Features features = new Features(Map.of("task", new Feature(true)));

    assertThatCode(() -> features.require("task")).doesNotThrowAnyException();
    assertThatCode(() -> features.require("data-export")).doesNotThrowAnyException();
  }
}
