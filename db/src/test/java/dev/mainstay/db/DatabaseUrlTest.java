package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class DatabaseUrlTest {

  @Test
  void readsALibpqUri() {
    assertThat(DatabaseUrl.parse("postgresql://ann:s%40cr%2Ft+@db.example:5433/main%20stay"))
        .isEqualTo(
            new DatabaseUrl("jdbc:postgresql://db.example:5433/main%20stay", "ann", "s@cr/t+"));
  }

  @Test
  void readsSeveralHostsAndParameters() {
    assertThat(
            DatabaseUrl.parse(
                "postgres://ann@a:1,b:2/m?sslmode=require&connect_timeout=3&application_name=x"))
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://a:1,b:2/m?sslmode=require&connectTimeout=3&ApplicationName=x",
                "ann",
                null));
  }

  @Test
  void takesWhatLibpqTakesByDefault() {
    assertThat(DatabaseUrl.parse("postgresql://"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://localhost/postgres", null, null));
    assertThat(DatabaseUrl.parse("postgresql://ann@db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://db/ann");
  }

  @Test
  void takesAJdbcUrlAsItIs() {
    String url = "jdbc:postgresql://db:5432/m?user=ann&password=secret";
    assertThat(DatabaseUrl.parse(url)).isEqualTo(new DatabaseUrl(url, null, null));
  }

  @Test
  void neverShowsThePassword() {
    assertThat(DatabaseUrl.parse("postgresql://ann:secret@db/m").toString())
        .doesNotContain("secret");
    assertThat(DatabaseUrl.parse("jdbc:postgresql://db/m?password=secret").toString())
        .doesNotContain("secret");
    assertThatThrownBy(() -> DatabaseUrl.parse("mysql://ann:secret@db/m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void becomesSpringsKeysBelowThoseThatAreNamed() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "named",
                Map.of(
                    "DATABASE_URL", "postgresql://ann:secret@db/m",
                    "spring.datasource.username", "bob")));

    new DatabaseUrlEnvironment().postProcessEnvironment(environment, new SpringApplication());

    assertThat(environment.getProperty("spring.datasource.url"))
        .isEqualTo("jdbc:postgresql://db/m");
    assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("bob");
    assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("secret");
    assertThat(environment.getProperty("spring.flyway.enabled", Boolean.class)).isFalse();
  }
}
