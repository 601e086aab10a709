package dev.mainstay.sandbox.smtp;

import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mailbox over HTTP: {@code GET /mailbox} for people, {@code GET /mails} (or {@code ?to=}) as
 * JSON. Beside it the preview of everything that is ever written.
 */
final class MailboxPages implements VendorSimulator {

  private static final Pattern ONE = Pattern.compile("/mailbox/(\\d{1,18})");
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
              .orElseGet(() ->
                  Html.page(
                      404, "No such mail", "<p>It does not exist or is no longer stored.</p>")));
    }
    return switch (request.path()) {
      case "/", "/mailbox" -> Optional.of(list());
      case "/mails" -> {
        String to = Form.parse(request.query()).value("to");
        List<Mail> mails =
            mailbox.mails().stream().filter(mail -> to == null || mail.to().contains(to)).toList();
        yield Optional.of(Page.json(200, json.writeValueAsString(Map.of("items", mails))));
      }
      default -> MessagePreviewPages.page(request.path());
    };
  }

  @Override
  public String keyOf(Request request) {
    return request.path();
  }

  @Override
  public Reply answer(Request request, Fault wish) {
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
                        Html.escaped(String.join(", ", mail.to())),
                        mail.number(),
                        Html.escaped(mail.subject())))
            .collect(Collectors.joining());
    return Html.page(
        200,
        "Mailbox",
        "<table><thead><tr><th>at<th>to<th>subject</tr></thead>\n" + rows + "</table>");
  }

  private static Page page(Mail mail) {
    return Html.page(
        200,
        mail.subject(),
        """
        <p><a href="/mailbox">Mailbox</a></p>
        <dl><dt>at<dd>%s<dt>from<dd>%s<dt>to<dd>%s<dt>Message-ID<dd>%s<dt>attachments<dd>%s</dl>
        %s
        """
            .formatted(
                mail.at(),
                Html.escaped(mail.from()),
                Html.escaped(String.join(", ", mail.to())),
                Html.escaped(mail.messageId()),
                Html.escaped(String.join(", ", mail.attachments())),
                Html.mail(mail.text(), mail.html())));
  }
}
