package dev.mainstay.worker.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.worker.module.WorkerModule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class FeatureNamesTest {

  private static final List<WorkerModule> MODULES =
      List.of(new WorkerModule("data-export", "q", List.of(), List.of(), List.of()));

  @Test
  void aVariableWithoutDashesIsKnown() {
    assertThatCode(
            () -> FeatureNames.requireKnown(with("MAINSTAY_FEATURES_DATAEXPORT_ENABLED"), MODULES))
        .doesNotThrowAnyException();
  }

  @Test
  void aVariableWithItsDashesAsUnderscoresIsNamed() {
    assertThatThrownBy(
            () -> FeatureNames.requireKnown(with("MAINSTAY_FEATURES_DATA_EXPORT_ENABLED"), MODULES))
        .hasMessage(
            "mainstay.features names [data], which are none of [data-export];"
                + " an environment variable has them without dashes");
  }

  private static Environment with(String variable) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(variable, "false")));
    return environment;
  }
}
