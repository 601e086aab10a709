package dev.mainstay.api.twilio;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.Routines;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Handles Twilio's callbacks, and counts their outcomes. */
@Component
class TwilioWebhook {

  private static final Logger log = LoggerFactory.getLogger(TwilioWebhook.class);

  private final CommandRunner commands;
  private final DSLContext database;
  private final MeterRegistry metrics;

  TwilioWebhook(CommandRunner commands, DSLContext database, MeterRegistry metrics) {
    this.commands = commands;
    this.database = database;
    this.metrics = metrics;
  }

  /**
   * Handles the status of a message.
   *
   * @param message our id of the message; empty if the call names none
   */
  void status(Optional<UUID> message, TwilioForm form) {
    String status = form.value("MessageStatus").orElse("");
    switch (status) {
      case "delivered", "read" -> recordStatus(message, form, true, "");
      case "undelivered", "failed" ->
          recordStatus(
              message,
              form,
              false,
              "undelivered: Twilio " + form.value("ErrorCode").orElse("without a code"));
      // On its way
      default -> count("status", "ignored");
    }
  }

  /** Handles a message that somebody wrote to us. */
  void inbound(TwilioForm form) {
    String phone = form.value("From").orElse("");
    switch (OptOut.of(form)) {
      case STOP -> {
        int customers =
            commands.inTransaction(() -> Routines.stopSms(database.configuration(), phone));
        log.info("STOP: {} customers get no more text messages", customers);
        count("inbound", "stop");
      }
      case START -> {
        int customers =
            commands.inTransaction(() -> Routines.startSms(database.configuration(), phone));
        log.info("START: {} customers get what a STOP took", customers);
        count("inbound", "start");
      }
      case NEITHER -> count("inbound", "ignored");
    }
  }

  /** Counts a refused call: its signature is not valid. */
  void refused() {
    count("other", "refused");
  }

  private void recordStatus(
      Optional<UUID> message, TwilioForm form, boolean arrived, String reason) {
    String sid = form.value("MessageSid").orElse("");
    boolean changed =
        message.isPresent()
            && commands.inTransaction(() ->
                Routines.recordSmsStatus(
                    database.configuration(), message.get(), sid, arrived, reason));
    count("status", !changed ? "ignored" : arrived ? "delivered" : "undelivered");
  }

  private void count(String type, String result) {
    metrics.counter("mainstay.webhook.twilio", "type", type, "result", result).increment();
  }
}
