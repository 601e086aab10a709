package dev.mainstay.api.twilio;

import com.twilio.security.RequestValidator;
import dev.mainstay.api.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells Twilio's own calls from anybody else's, by the SDK's validator. */
@Component
class TwilioSignatures {

  private static final Logger log = LoggerFactory.getLogger(TwilioSignatures.class);

  private final String publicUrl;
  private final List<RequestValidator> validators;

  TwilioSignatures(TwilioProperties properties) {
    this.publicUrl = properties.publicUrl();
    this.validators = properties.authTokens().stream().map(RequestValidator::new).toList();
    if (validators.isEmpty()) {
      log.warn(
          "No mainstay.twilio.auth-tokens (TWILIO_AUTH_TOKEN): whatever Twilio tells is refused");
    }
  }

  /**
   * Lets a call pass that one of our tokens has signed.
   *
   * @throws Refusal for any other
   */
  void require(HttpServletRequest call, TwilioForm form, @Nullable String signature) {
    if (signature == null) {
      throw Refusal.signature();
    }
    String url = url(call);
    boolean signed = false;
    for (RequestValidator validator : validators) {
      signed |= validator.validate(url, form.parameters(), signature);
    }
    if (!signed) {
      throw Refusal.signature();
    }
  }

  private String url(HttpServletRequest call) {
    String asked =
        publicUrl.isEmpty() ? call.getRequestURL().toString() : publicUrl + call.getRequestURI();
    return call.getQueryString() == null ? asked : asked + "?" + call.getQueryString();
  }
}
