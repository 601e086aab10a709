package dev.mainstay.sandbox.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An account at Twilio.
 *
 * @param sid {@code AC…}
 * @param token with which its requests are authenticated, and Twilio's own are signed
 * @param number from which it sends
 */
public record TwilioAccount(String sid, String token, String number) {

  /** What Twilio writes into {@code X-Twilio-Signature} when it posts these to this address. */
  String signature(String url, Map<String, String> parameters) {
    var signed = new StringBuilder(url);
    new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of its clients' {@code Authorization} header. */
  String authorization() {
    return "Basic "
        + Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "TwilioAccount[" + sid + "]";
  }
}
