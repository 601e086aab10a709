package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.CLAIM_MESSAGES;
import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.gateway.ParallelCalls;
import dev.mainstay.activities.notification.MessageOutcome.Outcome;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.notification.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one channel: writes them from the facts, marks them as being sent, hands
 * several at once to the gateway, and records the results as they arrive. A killed host may leave
 * messages that were sent and not recorded, at most the results of a fifth of a second. They may be
 * sent a second time if the provider cannot be asked, and are marked so.
 */
public final class MessageSender {

  private static final Duration RECORD_EVERY = Duration.ofMillis(200);

  private final DSLContext database;
  private final MessageSource letters;
  private final Map<Channel, ChannelSender> carriers;
  private final MessageRateLimit rate;
  private final MeterRegistry metrics;

  /**
   * Sends on these channels; what is meant for another one is suppressed, as that is off.
   *
   * @param database outside of any transaction
   */
  public MessageSender(
      DSLContext database,
      MessageSource letters,
      Map<Channel, ChannelSender> carriers,
      MessageRateLimit rate,
      MeterRegistry metrics) {
    this.database = database;
    this.letters = letters;
    this.carriers = Map.copyOf(carriers);
    this.rate = rate;
    this.metrics = metrics;
  }

  /**
   * Sends those of the messages that still wait.
   *
   * @param messages all of this channel; up to 500
   */
  public SendOutcome send(Channel channel, List<UUID> messages) {
    ChannelSender carrier = carriers.get(channel);
    if (carrier == null) {
      int off =
          Routines.suppressMessages(database.configuration(), messages.toArray(UUID[]::new), "off");
      counter(channel, Outcome.SUPPRESSED).increment(off);
      return new SendOutcome(0, off, 0, null);
    }
    Map<UUID, RenderedMessage> written = letters.write(messages);
    if (written.isEmpty()) {
      return SendOutcome.NOTHING;
    }
    // Waited for before anything is marked as being sent
    rate.take(channel, written.size());
    Map<UUID, Optional<Instant>> taken = take(written.keySet());
    List<MessageOutcome> outcomes = new ArrayList<>();
    try (var calls = new ParallelCalls<MessageOutcome>()) {
      taken.forEach((id, lostSince) -> {
        var carrying =
            new MessageDispatch(
                carrier, id, requireNonNull(written.get(id)), lostSince.orElse(null));
        calls.begin(carrying::outcome);
      });
      calls.awaitAll(
          RECORD_EVERY,
          back -> {
            record(back);
            back.forEach(outcome -> counter(channel, outcome.outcome()).increment());
            outcomes.addAll(back);
          });
    }
    return SendOutcome.of(outcomes);
  }

  /** From here on the gateway may have heard of them. */
  private Map<UUID, Optional<Instant>> take(Collection<UUID> messages) {
    return database
        .selectFrom(CLAIM_MESSAGES.call(messages.toArray(UUID[]::new)))
        .fetchMap(
            row -> row.get(CLAIM_MESSAGES.MESSAGE_ID),
            row -> Optional.ofNullable(row.get(CLAIM_MESSAGES.LOST_SINCE)));
  }

  private void record(List<MessageOutcome> outcomes) {
    Routines.recordMessages(
        database.configuration(),
        column(outcomes, MessageOutcome::messageId, UUID[]::new),
        column(outcomes, outcome -> outcome.outcome().text(), String[]::new),
        column(outcomes, MessageOutcome::reason, String[]::new),
        column(outcomes, MessageOutcome::providerId, String[]::new));
  }

  private Counter counter(Channel channel, Outcome outcome) {
    return Counter.builder("mainstay.messages")
        .description("Tries of messages, by channel and by what came of them")
        .tag("channel", channel.text())
        .tag("outcome", outcome.text())
        .register(metrics);
  }

  private static <T extends @Nullable Object> T[] column(
      List<MessageOutcome> outcomes, Function<MessageOutcome, T> value, IntFunction<T[]> array) {
    return outcomes.stream().map(value).toArray(array);
  }
}
