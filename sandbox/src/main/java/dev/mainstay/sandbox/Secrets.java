package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.PrivateFile;
import dev.mainstay.sandbox.twilio.TwilioAccount;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sandbox's own random secrets, made once and kept beside its data.
 *
 * @param postgresPasswords by role of the database
 * @param stripeWebhookSecret what the Stripe simulator signs events with
 * @param twilio the account at the Twilio simulator
 * @param apiKeys by role of the API
 */
record Secrets(
    Map<String, String> postgresPasswords,
    String stripeWebhookSecret,
    TwilioAccount twilio,
    Map<String, String> apiKeys) {

  private static final String[] DATABASE_ROLES = {
    "postgres", "mainstay_migration", "mainstay_app", "mainstay_reader"
  };
  private static final String[] API_ROLES = {
    "starter", "operator", "finance", "approver", "auditor"
  };
  private static final SecureRandom random = new SecureRandom();

  /** The secrets of the last start, or new ones. */
  static Secrets of(Home home) {
    var json = JsonMapper.shared();
    if (Files.exists(home.secrets())) {
      return json.readValue(home.secrets(), Secrets.class);
    }
    var passwords = new TreeMap<String, String>();
    for (String role : DATABASE_ROLES) {
      passwords.put(role, random(24));
    }
    var keys = new TreeMap<String, String>();
    for (String role : API_ROLES) {
      keys.put(role, "mk_" + random(32));
    }
    var secrets = new Secrets(passwords, "whsec_" + random(24), twilioAccount(), keys);
    PrivateFile.write(home.secrets(), json.writeValueAsString(secrets));
    return secrets;
  }

  /**
   * Registers these keys, each with its role; the starter's also asserts payments. The approver has
   * another owner, as the person who changed a payroll may not approve it.
   */
  void registerApiKeys(Connection connection) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into api_key (owner, hash, roles, expires_at)
            values (?, sha256(convert_to(?, 'UTF8')), string_to_array(?, ','), now() + interval '10 years')
            on conflict (hash) do update set owner = excluded.owner, roles = excluded.roles\
            """)) {
      for (Map.Entry<String, String> key : apiKeys.entrySet()) {
        insert.setString(1, key.getKey().equals("approver") ? "sandbox-approver" : "sandbox");
        insert.setString(2, key.getValue());
        insert.setString(3, key.getKey().equals("starter") ? "starter,payments" : key.getKey());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  String postgresPassword(String role) {
    String password = postgresPasswords.get(role);
    if (password == null) {
      throw new IllegalArgumentException("No such role: " + role);
    }
    return password;
  }

  private static TwilioAccount twilioAccount() {
    HexFormat hex = HexFormat.of();
    // The number that Twilio's own test credentials send from
    return new TwilioAccount(
        "AC" + hex.formatHex(bytes(16)), hex.formatHex(bytes(16)), "+15005550006");
  }

  private static byte[] bytes(int count) {
    byte[] value = new byte[count];
    random.nextBytes(value);
    return value;
  }

  private static String random(int bytes) {
    byte[] value = bytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
