package dev.mainstay.sandbox.smtp;

import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.FaultInjector;
import dev.mainstay.sandbox.simulator.Ledger;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.MessageHandlerFactory;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts mails, or misbehaves as configured: it refuses a recipient (550) when it is named, and
 * fails (451) or has too many (450) after the mail's text, when it knows which mail it is.
 */
final class MailReceiver implements MessageHandlerFactory {

  private static final int ASCII_END = 128;

  private final Mailbox mailbox;
  private final FaultInjector dial;
  private final Ledger ledger;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.shared();
  private final AtomicLong taken = new AtomicLong();

  MailReceiver(Mailbox mailbox, FaultInjector dial, Ledger ledger, InstantSource clock) {
    this.mailbox = mailbox;
    this.dial = dial;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public MessageHandler create(MessageContext context) {
    return new Receiving((Session) context);
  }

  private void write(String recipient, Map<String, String> mail, Outcome outcome) {
    ledger.add(
        new Ledger.Item(
            clock.instant(), "DATA", recipient, json.writeValueAsString(mail), outcome));
  }

  private final class Receiving implements MessageHandler {

    private final Session connection;
    private final Map<String, FaultInjector.Met> recipients = new LinkedHashMap<>();
    private String from = "";

    Receiving(Session connection) {
      this.connection = connection;
    }

    @Override
    public void from(String sender) {
      from = sender;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      if (!recipient.chars().allMatch(letter -> letter < ASCII_END)) {
        throw new RejectException(553, "5.6.7 This server has no SMTPUTF8");
      }
      FaultInjector.Met met = dial.next(recipient);
      try {
        met.delay();
      } catch (IOException _) {
        throw new DropConnectionException(421, "4.3.2 The simulator stops");
      }
      if (!met.oneTooMany() && met.wish() == Fault.REFUSE) {
        write(recipient, Map.of("from", from), Outcome.REFUSED);
        throw new RejectException(550, "5.1.1 No such mailbox here");
      }
      recipients.put(recipient, met);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
      Mail mail =
          Mail.read(
              taken.incrementAndGet(),
              clock.instant(),
              from,
              List.copyOf(recipients.keySet()),
              data.readAllBytes());
      var seen = Map.of("from", from, "messageId", mail.messageId(), "subject", mail.subject());
      for (Map.Entry<String, FaultInjector.Met> recipient : recipients.entrySet()) {
        if (recipient.getValue().oneTooMany()) {
          write(recipient.getKey(), seen, Outcome.REFUSED);
          throw new RejectException(450, "4.7.0 Too many mails");
        }
        if (recipient.getValue().wish() == Fault.FAIL) {
          write(recipient.getKey(), seen, Outcome.FAILED);
          throw new RejectException(451, "4.3.0 The simulator was told to fail");
        }
      }
      mailbox.add(mail);
      recipients.keySet().forEach(recipient -> write(recipient, seen, Outcome.ACCEPTED));
      if (recipients.values().stream().anyMatch(FaultInjector.Met::losesReply)) {
        connection.closeSocket();
      }
      return null;
    }

    @Override
    public void done() {
      // Nothing is held until now
    }
  }
}
