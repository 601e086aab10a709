package dev.mainstay.api.twilio;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.twilio}: how the webhook verifies Twilio's requests.
 *
 * @param authTokens Auth tokens of the account. Any of them may have signed a request; set two
 *     while you rotate them. Without one, every request is refused.
 * @param publicUrl Address at which Twilio reaches this API, without {@code /api/v1}. Twilio signs
 *     the address that it calls. Leave it empty if the request itself has that address.
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
