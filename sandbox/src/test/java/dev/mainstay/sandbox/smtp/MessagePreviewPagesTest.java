package dev.mainstay.sandbox.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that is written can be looked at, beside the mailbox. */
class MessagePreviewPagesTest {

  private static final Pattern LINK = Pattern.compile("href=\"(/preview/[^\"]+)\"");

  private final SmtpSimulator simulator = new SmtpSimulator(0, 0, InstantSource.system());
  private final HttpClient http = HttpClient.newHttpClient();

  MessagePreviewPagesTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    simulator.close();
  }

  @Test
  void everyLetterIsListedInEveryLanguageByItsChannelsAndCanBeOpened() throws Exception {
    String list = get("/preview").body();
    List<String> letters =
        LINK.matcher(list).results().map((MatchResult found) -> found.group(1)).toList();

    assertThat(letters)
        .hasSizeGreaterThan(60)
        .contains(
            "/preview/booking-confirmed/en/email",
            "/preview/booking-confirmed/de/sms",
            "/preview/booking-confirmed-to-vendor/de/email",
            "/preview/sessions-planned/en/push");
    for (String letter : letters) {
      assertThat(get(letter).statusCode()).as(letter).isEqualTo(200);
    }
  }

  @Test
  void aLetterIsShownAsItsReaderSeesItAndNothingOfItRuns() throws Exception {
    HttpResponse<String> page = get("/preview/booking-confirmed/de/email");

    assertThat(page.body())
        .contains(
            "Buchung bestätigt: Dog walk",
            "Leistung: Dog walk",
            "<iframe sandbox srcdoc=\"&lt;!DOCTYPE");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
    assertThat(get("/preview/appointment-tomorrow/en/sms").body())
        .contains("Example: Reminder for Ada Lovelace: Dog walk for Rex with Paws &amp; Co.");
  }

  @Test
  void whatIsNotWrittenIsNotThere() throws Exception {
    assertThat(get("/preview/welcome/en/sms").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(simulator.base() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
