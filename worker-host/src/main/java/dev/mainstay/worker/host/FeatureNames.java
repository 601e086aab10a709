package dev.mainstay.worker.host;

import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The names under {@code mainstay.features}: those of the modules, and of what a module may do. */
final class FeatureNames {

  private FeatureNames() {}

  /**
   * Called at start, because a misspelt flag would leave its process on. Reads the keys as they
   * were given: one with a part too many ({@code MAINSTAY_FEATURES_DATA_EXPORT_ENABLED}) sets no
   * flag at all.
   *
   * @throws IllegalStateException with the unknown names
   */
  static void requireKnown(Environment environment, List<WorkerModule> modules) {
    Set<String> known =
        modules.stream()
            .flatMap(module -> Stream.concat(Stream.of(module.name()), module.flags().stream()))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> unknown =
        new TreeSet<>(
            Binder.get(environment)
                .bind("mainstay.features", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
    for (String name : known) {
      unknown.remove(name);
      unknown.remove(WorkerProperties.inEnvironment(name));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "mainstay.features names %s, which are none of %s; an environment variable has them without dashes"
              .formatted(unknown, known));
    }
  }
}
