package dev.mainstay.api.twilio;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.twilio}: how what Twilio tells is known to be Twilio's.
 *
 * @param authTokens any of them may have signed: two while one is being replaced; none, and
 *     everything is refused
 * @param publicUrl where Twilio reaches this API, without {@code /api/v1}: it signs the address
 *     that it calls; empty where that is the address in the request
 */
@Validated
@ConfigurationProperties("mainstay.twilio")
record TwilioProperties(
    @DefaultValue List<String> authTokens,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://\\S+)?") String publicUrl) {

  TwilioProperties {
    authTokens = authTokens.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "TwilioProperties[authTokens=%d of them, publicUrl=%s]"
        .formatted(authTokens.size(), publicUrl);
  }
}
