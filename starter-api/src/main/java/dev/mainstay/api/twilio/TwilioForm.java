package dev.mainstay.api.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.jspecify.annotations.Nullable;

/** Parameters of a form or a query; of one that comes twice, the last. */
record TwilioForm(Map<String, String> parameters) {

  static TwilioForm parse(@Nullable String encoded) {
    var parameters = new HashMap<String, String>();
    if (encoded != null) {
      for (NameValuePair pair : WWWFormCodec.parse(encoded, UTF_8)) {
        parameters.put(pair.getName(), pair.getValue());
      }
    }
    return new TwilioForm(parameters);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
