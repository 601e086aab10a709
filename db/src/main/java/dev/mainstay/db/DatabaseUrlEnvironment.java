package dev.mainstay.db;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets both applications understand {@code DATABASE_URL}: it becomes Spring's {@code
 * spring.datasource.*}, below anything that names these keys itself. Migrations run at start-up
 * where a role for them is named ({@code spring.flyway.user}), and nowhere else.
 */
public final class DatabaseUrlEnvironment implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    String url = environment.getProperty("DATABASE_URL");
    if (url != null) {
      DatabaseUrl database = DatabaseUrl.parse(url);
      defaults.put("spring.datasource.url", database.jdbcUrl());
      if (database.user() != null) {
        defaults.put("spring.datasource.username", database.user());
      }
      if (database.password() != null) {
        defaults.put("spring.datasource.password", database.password());
      }
    }
    defaults.put("spring.flyway.enabled", environment.containsProperty("spring.flyway.user"));
    environment.getPropertySources().addLast(new MapPropertySource("database-url", defaults));
  }
}
