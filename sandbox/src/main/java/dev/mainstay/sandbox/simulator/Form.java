package dev.mainstay.sandbox.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in a body or a query, form-encoded; maps as Stripe's clients send them, as {@code
 * metadata[student_id]}.
 */
public record Form(Map<String, String> parameters) {

  /** The fields that have a name; of a repeated one, the last. */
  public static Form parse(String body) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new Form(parameters);
  }

  /** Null where there is none. */
  public @Nullable String value(String name) {
    return parameters.get(name);
  }

  /** The entries of a map parameter, by their own names. */
  public Map<String, String> map(String name) {
    var entries = new LinkedHashMap<String, String>();
    parameters.forEach((parameter, value) -> {
      if (parameter.startsWith(name + "[") && parameter.endsWith("]")) {
        entries.put(parameter.substring(name.length() + 1, parameter.length() - 1), value);
      }
    });
    return entries;
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
