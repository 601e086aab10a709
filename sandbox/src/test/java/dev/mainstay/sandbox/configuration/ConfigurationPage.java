package dev.mainstay.sandbox.configuration;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.mainstay.api.StarterApiApplication;
import dev.mainstay.worker.WorkerHostApplication;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.step.StepRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.UrlResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of docs/configuration.md: the keys of Spring's configuration metadata, which the
 * compiler writes from the records and their Javadoc, and the values in each application.yaml.
 */
final class ConfigurationPage {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+ ((?:[^{}]|\\{[^}]*})*)}");

  private final List<Application> applications =
      List.of(
          new Application("worker host", WorkerHostApplication.class),
          new Application("API", StarterApiApplication.class));

  String text() {
    return """
    # Configuration

    This page is generated from the code, and a test compares the two. Set a key in `application.yaml`, on the command line
    (`--mainstay.worker.slots=20`) or as an environment variable without the dashes (`MAINSTAY_WORKER_SLOTS=20`,
    `MAINSTAY_FEATURES_SESSIONTOPUP_ENABLED=false`). The applications validate all values at start and report all errors together.
    Write durations as `30s`, `15m`, `24h`, sizes as `1MB`, and lists with commas.

    ## Environment variables

    These variables have the names that are usual for them.

    | variable | sets | application |
    |---|---|---|
    | `DATABASE_URL` | `spring.datasource.*`, from `postgresql://user:password@host:port/database` or a JDBC URL, with the role of the application | API, worker host |
    %s

    ## Mainstay's keys

    | key | default | application | description |
    |---|---|---|---|
    %s

    ## Steps

    These are the steps of the processes, for the keys `mainstay.retry.<process>.<step>.…`. The first interval is %d s and the
    longest %d s by default. Attempts that are fixed are counted by the process itself.

    | process and step | attempts |
    |---|---|
    %s

    ## Spring's keys

    The applications set these keys. You can override each of them in the same ways.
    %s\
    """
        .formatted(
            variables(),
            keys(),
            StepRunner.FIRST_INTERVAL.toSeconds(),
            StepRunner.LONGEST_INTERVAL.toSeconds(),
            steps(),
            applications.stream().map(this::settings).collect(joining()));
  }

  private String variables() {
    return applications.stream()
        .flatMap(application ->
            application.settings().entrySet().stream()
                .flatMap(setting ->
                    VARIABLE
                        .matcher(setting.getValue())
                        .results()
                        .map((MatchResult variable) ->
                            "| `%s` | `%s` | %s |"
                                .formatted(
                                    variable.group(1), setting.getKey(), application.name()))))
        .sorted()
        .collect(joining("\n"));
  }

  private String keys() {
    return applications.stream().flatMap(Application::keys).sorted().collect(joining("\n"));
  }

  private static String steps() {
    return ProcessTypes.ALL.stream()
        .flatMap(process ->
            process.steps().stream()
                .map(step ->
                    "| `%s.%s` | %d%s |"
                        .formatted(
                            process.name(),
                            step.name(),
                            step.attempts(),
                            step.attemptsFixed() ? ", fixed" : "")))
        .sorted()
        .distinct()
        .collect(joining("\n"));
  }

  private String settings(Application application) {
    return application.settings().entrySet().stream()
        .filter(setting -> !setting.getKey().startsWith("mainstay."))
        .map(setting -> "| `%s` | `%s` |".formatted(setting.getKey(), setting.getValue()))
        .collect(
            joining(
                "\n",
                "\nThe %s:\n\n| key | value |\n|---|---|\n".formatted(application.name()),
                "\n"));
  }

  /**
   * One of the product's applications.
   *
   * @param main the class that identifies its module on the class path
   */
  private record Application(String name, Class<?> main) {

    Stream<String> keys() {
      try (InputStream metadata =
          resource("META-INF/spring-configuration-metadata.json").getInputStream()) {
        return JsonMapper.shared()
            .readTree(metadata)
            .path("properties")
            .valueStream()
            .map(this::key);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String key(JsonNode key) {
      String value = key.path("defaultValue").asString("");
      String what = INLINE_TAG.matcher(key.path("description").asString()).replaceAll("`$1`");
      return "| `%s` | %s | %s | %s |"
          .formatted(
              key.path("name").asString(),
              value.isEmpty() ? "" : "`" + value + "`",
              name,
              what.replace("|", "\\|"));
    }

    Map<String, String> settings() {
      YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
      yaml.setResources(resource("application.yaml"));
      Map<String, String> settings = new TreeMap<>();
      requireNonNull(yaml.getObject())
          .forEach((key, value) -> settings.put(key.toString(), value.toString()));
      return settings;
    }

    private UrlResource resource(String path) {
      URL module = main.getProtectionDomain().getCodeSource().getLocation();
      String place = module.getPath().endsWith(".jar") ? "jar:" + module + "!/" : module.toString();
      return UrlResource.from(place + path);
    }
  }
}
