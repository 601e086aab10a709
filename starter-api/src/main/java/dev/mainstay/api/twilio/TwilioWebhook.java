package dev.mainstay.api.twilio;

import dev.mainstay.db.generated.Routines;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Acts on what Twilio tells, and counts what came of it. */
@Component
class TwilioWebhook {

  /** The words that Twilio itself takes for a stop, and for a start. */
  private static final Set<String> STOP =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

  private static final Set<String> START = Set.of("START", "YES", "UNSTOP");

  private static final Logger log = LoggerFactory.getLogger(TwilioWebhook.class);

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final MeterRegistry metrics;

  TwilioWebhook(DSLContext database, TransactionOperations transaction, MeterRegistry metrics) {
    this.database = database;
    this.transaction = transaction;
    this.metrics = metrics;
  }

  /**
   * What became of a message.
   *
   * @param message our id of it; empty where the call names none
   */
  void status(Optional<UUID> message, TwilioForm form) {
    String status = form.value("MessageStatus").orElse("");
    switch (status) {
      case "delivered", "read" -> told(message, form, true, "");
      case "undelivered", "failed" ->
          told(
              message,
              form,
              false,
              "undelivered: Twilio " + form.value("ErrorCode").orElse("without a code"));
      // On its way
      default -> count("status", "ignored");
    }
  }

  /** What somebody wrote to us. */
  void inbound(TwilioForm form) {
    String word = form.value("Body").orElse("").strip().toUpperCase(Locale.ROOT);
    String phone = form.value("From").orElse("");
    if (STOP.contains(word)) {
      int customers = write(() -> Routines.stopSms(database.configuration(), phone));
      log.info("STOP: {} customers get no more text messages", customers);
      count("inbound", "stop");
    } else if (START.contains(word)) {
      int customers = write(() -> Routines.startSms(database.configuration(), phone));
      log.info("START: {} customers get text messages again", customers);
      count("inbound", "start");
    } else {
      count("inbound", "ignored");
    }
  }

  /** A call was refused: its signature is of nobody we know. */
  void refused() {
    count("other", "refused");
  }

  private void told(Optional<UUID> message, TwilioForm form, boolean arrived, String because) {
    String sid = form.value("MessageSid").orElse("");
    boolean changed =
        message.isPresent()
            && write(() ->
                Routines.recordSmsStatus(
                    database.configuration(), message.get(), sid, arrived, because));
    count("status", !changed ? "ignored" : arrived ? "delivered" : "undelivered");
  }

  private <T> T write(Supplier<T> call) {
    return Objects.requireNonNull(transaction.execute(_ -> call.get()));
  }

  private void count(String type, String result) {
    metrics.counter("mainstay.webhook.twilio", "type", type, "result", result).increment();
  }
}
