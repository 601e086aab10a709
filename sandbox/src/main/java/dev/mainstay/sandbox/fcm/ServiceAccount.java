package dev.mainstay.sandbox.fcm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/** A service account of a Firebase project, with a key of its own that is generated each time. */
public final class ServiceAccount {

  static final String PROJECT = "mainstay-sandbox";

  private final KeyPair pair;

  public ServiceAccount() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The file that {@code GOOGLE_APPLICATION_CREDENTIALS} names.
   *
   * @param simulator base of the one that gives its tokens
   */
  public String key(String simulator) {
    var key = new LinkedHashMap<String, String>();
    key.put("type", "service_account");
    key.put("project_id", PROJECT);
    key.put("private_key_id", "sandbox");
    key.put(
        "private_key",
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    key.put("client_email", "sandbox@" + PROJECT + ".iam.gserviceaccount.com");
    key.put("client_id", "1");
    key.put("token_uri", simulator + "/token");
    return JsonMapper.shared().writeValueAsString(key);
  }

  /** Whether a JSON web token was signed with the key. */
  boolean signed(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(pair.getPublic());
      signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
