package dev.mainstay.sandbox.smtp;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.mainstay.activities.notification.message.MessagePreview;
import dev.mainstay.activities.notification.message.MessagePreview.Sample;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.sandbox.simulator.VendorSimulator.Page;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The preview: {@code GET /preview} lists everything that is ever written, in every language, by
 * every channel, and {@code GET /preview/{name}/{language}/{channel}} shows one with sample facts.
 */
final class MessagePreviewPages {

  private static final String PREVIEW = "/preview";

  private MessagePreviewPages() {}

  /** Empty where the path is none of the preview's. */
  static Optional<Page> page(String path) {
    if (path.equals(PREVIEW)) {
      return Optional.of(list());
    }
    return MessagePreview.all().stream()
        .filter(sample -> path(sample).equals(path))
        .findFirst()
        .map(MessagePreviewPages::show);
  }

  private static String path(Sample sample) {
    return String.join("/", PREVIEW, sample.name(), sample.language(), sample.channel());
  }

  private static Page list() {
    String rows =
        MessagePreview.all().stream()
            .collect(groupingBy(Sample::name, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(letter ->
                "<tr><td>%s<td>%s</tr>\n"
                    .formatted(
                        letter.getKey(),
                        letter.getValue().stream()
                            .map(MessagePreviewPages::link)
                            .collect(joining(" "))))
            .collect(joining());
    return Html.page(200, "Letters", "<table>\n" + rows + "</table>");
  }

  private static String link(Sample sample) {
    return "<a href=\"%s\">%s&nbsp;%s</a>"
        .formatted(path(sample), sample.language(), sample.channel());
  }

  private static Page show(Sample sample) {
    String body =
        switch (sample.letter()) {
          case RenderedMessage.Mail(var email) ->
              "<p>%s</p>\n%s"
                  .formatted(Html.escaped(email.subject()), Html.mail(email.text(), email.html()));
          case RenderedMessage.Text(var sms) -> "<pre>%s</pre>".formatted(Html.escaped(sms.text()));
          case RenderedMessage.Notices(var pushes) ->
              "<pre><b>%s</b>\n%s</pre>"
                  .formatted(
                      Html.escaped(pushes.getFirst().title()),
                      Html.escaped(pushes.getFirst().text()));
          case RenderedMessage.Unsendable(String reason) -> Html.escaped(reason);
          case RenderedMessage.Broken(String said) -> Html.escaped(said);
        };
    return Html.page(
        200,
        "%s, %s, %s".formatted(sample.name(), sample.language(), sample.channel()),
        "<p><a href=\"" + PREVIEW + "\">Letters</a></p>\n" + body);
  }
}
