package dev.mainstay.db;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address and the user of a PostgreSQL, as {@code DATABASE_URL} commonly has them.
 *
 * @param jdbcUrl without user and password, unless it was given as a JDBC URL that has them
 * @param user null if the URL names none
 * @param password null if the URL names none
 */
public record DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {

  private static final Pattern LIBPQ =
      Pattern.compile(
          "postgres(?:ql)?://"
              + "(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<hosts>[^/?]*)"
              + "(?:/(?<database>[^?]*))?"
              + "(?:\\?(?<parameters>.*))?");

  /** The parameters of libpq that the JDBC driver knows under another name. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout");

  /**
   * Reads a libpq URI ({@code postgresql://user:password@host:port/database?parameters}, also with
   * several hosts) or takes a JDBC URL as it is.
   *
   * @throws IllegalArgumentException if it is neither; the message never holds the URL, which may
   *     hold a password
   */
  public static DatabaseUrl parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(url, null, null);
    }
    Matcher libpq = LIBPQ.matcher(url);
    if (!libpq.matches()) {
      throw new IllegalArgumentException(
          "DATABASE_URL is neither postgresql://user:password@host:port/database nor a jdbc:postgresql: URL");
    }
    String hosts = libpq.group("hosts").isEmpty() ? "localhost" : libpq.group("hosts");
    String user = decoded(libpq.group("user"));
    String database = decoded(libpq.group("database"));
    return new DatabaseUrl(
        "jdbc:postgresql://"
            + hosts
            + "/"
            + encoded(database != null ? database : user != null ? user : "postgres")
            + parameters(libpq.group("parameters")),
        user,
        decoded(libpq.group("password")));
  }

  private static String parameters(@Nullable String parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return "";
    }
    return Arrays.stream(parameters.split("&"))
        .map(parameter -> {
          int equals = parameter.indexOf('=');
          String name = equals < 0 ? parameter : parameter.substring(0, equals);
          return RENAMED.getOrDefault(name, name) + parameter.substring(name.length());
        })
        .collect(Collectors.joining("&", "?", ""));
  }

  private static @Nullable String decoded(@Nullable String part) {
    // In a URI's path and authority a plus sign is itself.
    return part == null || part.isEmpty()
        ? null
        : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the password, for logs. */
  @Override
  public String toString() {
    return jdbcUrl.replaceAll("(?i)(password=)[^&]*", "$1…") + (user == null ? "" : " as " + user);
  }
}
