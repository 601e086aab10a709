package dev.mainstay.example.worker.gift;

import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.example.workflows.gift.GiftSteps;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** Each step one statement, and so one transaction; the mail is sent outside of them. */
record GiftStepsImpl(DSLContext database, EmailGateway emails) implements GiftSteps {

  @Override
  public void reserve(UUID giftId) {
    database.execute("select move_gift(?, 'reserved')", giftId);
  }

  @Override
  public Optional<String> deliver(UUID giftId) {
    return database
        .fetchOptional("select address, text from gift_mail where gift_id = ?", giftId)
        .flatMap(mail -> send(giftId, mail.get(0, String.class), mail.get(1, String.class)));
  }

  /** The mail's Message-ID is the gift's id, the same at each try. */
  private Optional<String> send(UUID giftId, String address, String text) {
    return switch (emails.send(Email.ofText(giftId, address, "en", "A gift for you", text))) {
      case Refused refused -> Optional.of(refused.said());
      case Unknown unknown -> Optional.of("It may have been sent: " + unknown.said());
      case Accepted _ -> {
        database.execute("select move_gift(?, 'delivered')", giftId);
        yield Optional.empty();
      }
    };
  }

  @Override
  public boolean takeBack(UUID giftId) {
    return database.fetchSingle("select move_gift(?, 'cancelled')", giftId).into(boolean.class);
  }
}
