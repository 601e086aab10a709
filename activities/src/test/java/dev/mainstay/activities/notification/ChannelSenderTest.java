package dev.mainstay.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Sms;
import dev.mainstay.activities.notification.gateway.SmsGateway;
import dev.mainstay.activities.notification.message.RenderedMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChannelSenderTest {

  private static final Instant LOST = Instant.parse("2026-01-02T03:04:05Z");
  private static final Sms SMS = new Sms(UUID.randomUUID(), "+4915112345678", "text");

  private final FakeTwilio twilio = new FakeTwilio();
  private final ChannelSender carrier = ChannelSender.of(twilio);

  @Test
  void aTextThatWasNeverTriedIsSentUnasked() {
    assertThat(carrier.carry(new RenderedMessage.Text(SMS), null)).isEqualTo(new Accepted("sent"));
    assertThat(twilio.asked).isZero();
  }

  @Test
  void oneThatWasLostAndIsThereIsNotSentAgain() {
    twilio.before = Optional.of(new Accepted("found"));
    assertThat(carrier.carry(new RenderedMessage.Text(SMS), LOST)).isEqualTo(new Accepted("found"));
    assertThat(twilio.sent).isZero();
  }

  @Test
  void oneThatWasLostAndIsNotThereIsSent() {
    assertThat(carrier.carry(new RenderedMessage.Text(SMS), LOST)).isEqualTo(new Accepted("sent"));
  }

  @Test
  void oneThatWasLostIsNotSentAgainWhileNobodyCanSay() {
    twilio.isAway = true;
    assertThatThrownBy(() -> carrier.carry(new RenderedMessage.Text(SMS), LOST))
        .isInstanceOf(NotReachedException.class);
    assertThat(twilio.sent).isZero();
  }

  private static final class FakeTwilio implements SmsGateway {

    Optional<Accepted> before = Optional.empty();
    boolean isAway;
    int asked;
    int sent;

    @Override
    public Delivery send(Sms sms) {
      sent++;
      return new Accepted("sent");
    }

    @Override
    public Optional<Accepted> find(Sms sms, Instant since) {
      asked++;
      if (isAway) {
        throw new NotReachedException("away");
      }
      return before;
    }
  }
}
