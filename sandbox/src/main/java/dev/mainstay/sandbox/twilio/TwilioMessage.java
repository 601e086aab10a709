package dev.mainstay.sandbox.twilio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A message as Twilio keeps it. */
record TwilioMessage(
    String sid, String accountSid, Instant at, String from, String to, String body) {

  /** {@code Thu, 24 Aug 2023 05:01:45 +0000}. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  /** As Twilio shows it. */
  Map<String, Object> json() {
    String date = DATE.format(at.atOffset(ZoneOffset.UTC));
    var json = new LinkedHashMap<String, Object>();
    json.put("sid", sid);
    json.put("account_sid", accountSid);
    json.put("api_version", "2010-04-01");
    json.put("body", body);
    json.put("date_created", date);
    json.put("date_sent", date);
    json.put("date_updated", date);
    json.put("direction", "outbound-api");
    json.put("from", from);
    json.put("to", to);
    json.put("num_media", "0");
    json.put("num_segments", "1");
    json.put("status", "queued");
    json.put("uri", "/2010-04-01/Accounts/" + accountSid + "/Messages/" + sid + ".json");
    return json;
  }
}
