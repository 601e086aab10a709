package dev.mainstay.sandbox.smtp;

import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.Vendor;
import dev.mainstay.sandbox.simulator.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mailbox over HTTP: {@code GET /mailbox} for people, {@code GET /mails} (or {@code ?to=}) as
 * JSON. A mail's HTML is shown in a frame in which nothing runs and which loads nothing.
 */
final class MailboxPages implements Vendor {

  private static final Pattern ONE = Pattern.compile("/mailbox/(\\d{1,18})");
  private static final Map<String, String> NOTHING_RUNS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'");

  private final Mailbox mailbox;
  private final JsonMapper json = JsonMapper.shared();

  MailboxPages(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public Optional<Page> beside(Request request) {
    if (!request.method().equals("GET")) {
      return Optional.empty();
    }
    Matcher one = ONE.matcher(request.path());
    if (one.matches()) {
      return Optional.of(
          mailbox
              .find(Long.parseLong(one.group(1)))
              .map(MailboxPages::page)
              .orElseGet(() -> html(404, "No such mail", "<p>It is not there, or forgotten.</p>")));
    }
    return switch (request.path()) {
      case "/", "/mailbox" -> Optional.of(list());
      case "/mails" -> {
        String to = Form.parse(request.query()).value("to");
        List<Mail> mails =
            mailbox.mails().stream().filter(mail -> to == null || mail.to().contains(to)).toList();
        yield Optional.of(Page.json(200, json.writeValueAsString(Map.of("items", mails))));
      }
      default -> Optional.empty();
    };
  }

  @Override
  public String keyOf(Request request) {
    return request.path();
  }

  @Override
  public Reply answer(Request request, Wish wish) {
    return new Reply(404, Map.of(), "{\"error\": \"mails come by SMTP\"}", Outcome.REFUSED);
  }

  @Override
  public Reply tooMany() {
    return new Reply(429, Map.of(), "{\"error\": \"too many requests\"}", Outcome.REFUSED);
  }

  private Page list() {
    String rows =
        mailbox.mails().stream()
            .map(mail ->
                "<tr><td>%s<td>%s<td><a href=\"/mailbox/%d\">%s</a></tr>\n"
                    .formatted(
                        mail.at(),
                        escaped(String.join(", ", mail.to())),
                        mail.number(),
                        escaped(mail.subject())))
            .collect(Collectors.joining());
    return html(
        200,
        "Mailbox",
        "<table><thead><tr><th>at<th>to<th>subject</tr></thead>\n" + rows + "</table>");
  }

  private static Page page(Mail mail) {
    return html(
        200,
        mail.subject(),
        """
        <p><a href="/mailbox">Mailbox</a></p>
        <dl><dt>at<dd>%s<dt>from<dd>%s<dt>to<dd>%s<dt>Message-ID<dd>%s<dt>attachments<dd>%s</dl>
        <h2>Text</h2><pre>%s</pre>
        <h2>HTML</h2><iframe sandbox srcdoc="%s"></iframe>
        """
            .formatted(
                mail.at(),
                escaped(mail.from()),
                escaped(String.join(", ", mail.to())),
                escaped(mail.messageId()),
                escaped(String.join(", ", mail.attachments())),
                escaped(mail.text()),
                escaped(mail.html())));
  }

  private static Page html(int status, String title, String body) {
    return new Page(
        status,
        "text/html; charset=utf-8",
        NOTHING_RUNS,
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title><style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark }
        td, th { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top }
        dt { float: left; clear: left; width: 8rem } pre { white-space: pre-wrap }
        iframe { width: 100%%; height: 40rem; border: 1px solid; background: white }
        </style></head><body><h1>%s</h1>
        %s
        </body></html>
        """
            .formatted(escaped(title), escaped(title), body));
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
