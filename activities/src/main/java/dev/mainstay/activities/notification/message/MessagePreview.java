package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.message.MessageDraft.Recipient;
import dev.mainstay.activities.notification.message.MessageTemplate.Link;
import dev.mainstay.workflows.notification.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Everything that is ever written, with sample facts, for people to look at. */
public final class MessagePreview {

  private static final UUID MESSAGE = new UUID(0, 1);
  private static final String MARKETPLACE = "Example";
  private static final String UNSUBSCRIBE = "https://marketplace.example/unsubscribe";

  private MessagePreview() {}

  /**
   * One of them.
   *
   * @param name of its words, as {@code booking-confirmed}
   * @param language IETF tag
   */
  public record Sample(String name, String language, String channel, RenderedMessage letter) {}

  /** By name, in each language, by each of its channels. */
  public static List<Sample> all() {
    var writer = new MessageRenderer(MARKETPLACE);
    return Arrays.stream(MessageTemplate.values())
        .flatMap(template ->
            MessageBundle.LANGUAGES.stream()
                .flatMap(language ->
                    template.channels().stream()
                        .map(channel ->
                            new Sample(
                                template.text(),
                                language.toLanguageTag(),
                                channel.text(),
                                writer.write(draft(template, channel, language))))))
        .toList();
  }

  static MessageDraft draft(MessageTemplate template, Channel channel, Locale language) {
    return new MessageDraft(
        MESSAGE,
        template,
        channel,
        new Recipient(
            "Ada Lovelace", "ada@marketplace.example", "+14155550123", List.of("token"), language),
        SampleFacts.of(template),
        template.link() == null ? null : address(template.link()),
        channel == Channel.EMAIL && template.isReminder() ? UNSUBSCRIBE : null,
        List.of());
  }

  private static String address(Link link) {
    return "https://marketplace.example/" + link.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
