package dev.mainstay.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.workflows.notification.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageSenderTest {

  private static final Accepted ACCEPTED = new Accepted("SM1");

  private final TestDatabase database = TestDatabase.create();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TestMessages messages = new TestMessages(database);
  private final Queue<UUID> carried = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsAcceptedWasSentOnce() {
    List<UUID> ids = messages.waiting(40, Channel.EMAIL);
    MessageSender sender = answering(ACCEPTED);

    assertThat(sender.send(Channel.EMAIL, ids)).isEqualTo(new SendOutcome(40, 0, 0, null));
    assertThat(sender.send(Channel.EMAIL, ids)).isEqualTo(SendOutcome.NOTHING);

    assertThat(carried).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(
            metrics
                .get("mainstay.messages")
                .tags("channel", "email", "outcome", "sent")
                .counter()
                .count())
        .isEqualTo(40);
    assertThat(ids)
        .allSatisfy(id -> {
          assertThat(messages.row(id).getStatus()).isEqualTo("sent");
          assertThat(messages.row(id).getProviderId()).isEqualTo("SM1");
          assertThat(messages.row(id).getSentAt()).isNotNull();
          assertThat(messages.row(id).getSendingSince()).isNull();
        });
  }

  @Test
  void whatWasNotReachedMayBeTriedAgainWithoutDoubt() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    MessageSender away =
        carrying(() -> {
          throw new NotReachedException("connection refused");
        });

    assertThat(away.send(Channel.EMAIL, List.of(id)))
        .isEqualTo(new SendOutcome(0, 0, 1, "connection refused"));
    assertThat(messages.row(id).getSendingSince()).isNull();
    answering(ACCEPTED).send(Channel.EMAIL, List.of(id));

    assertThat(messages.row(id).getStatus()).isEqualTo("sent");
    assertThat(messages.row(id).getTries()).isEqualTo((short) 2);
    assertThat(messages.row(id).getPossiblyDuplicate()).isFalse();
  }

  @Test
  void anEmailOfWhichNothingIsKnownIsSentOnceMoreAndMarkedAndThenLeftUnknown() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    MessageSender lost = answering(new Unknown("connection lost"));

    assertThat(lost.send(Channel.EMAIL, List.of(id)).left()).isEqualTo(1);
    assertThat(messages.row(id).getPossiblyDuplicate()).isFalse();
    assertThat(lost.send(Channel.EMAIL, List.of(id)).left()).isEqualTo(1);
    assertThat(messages.row(id).getPossiblyDuplicate()).isTrue();
    assertThat(lost.send(Channel.EMAIL, List.of(id))).isEqualTo(new SendOutcome(0, 0, 0, null));

    assertThat(messages.row(id).getStatus()).isEqualTo("unknown");
    assertThat(carried).hasSize(2);
  }

  @Test
  void whatWasLostStaysLostWhereTheNextTryReachesNobody() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    answering(new Unknown("connection lost")).send(Channel.EMAIL, List.of(id));
    var since = messages.row(id).getSendingSince();
    MessageSender away =
        carrying(() -> {
          throw new NotReachedException("connection refused");
        });

    assertThat(away.send(Channel.EMAIL, List.of(id)).left()).isEqualTo(1);

    assertThat(messages.row(id).getSendingSince()).isEqualTo(since);
    assertThat(messages.row(id).getPossiblyDuplicate()).isFalse();
    answering(ACCEPTED).send(Channel.EMAIL, List.of(id));
    assertThat(messages.row(id).getStatus()).isEqualTo("sent");
    assertThat(messages.row(id).getPossiblyDuplicate()).isTrue();
  }

  @Test
  void aTextMessageIsAskedForWithTheTimeOfTheTryThatWasLost() {
    UUID id = messages.waiting(Channel.SMS, database.newId());
    answering(new Unknown("connection lost")).send(Channel.SMS, List.of(id));
    var since = messages.row(id).getSendingSince();
    var asked = new ConcurrentLinkedQueue<>();
    MessageSender sender =
        sender(
            messages.letters(),
            (_, lostSince) -> {
              asked.add(lostSince);
              return ACCEPTED;
            });

    assertThat(sender.send(Channel.SMS, List.of(id)).sent()).isEqualTo(1);

    assertThat(asked).containsExactly(since);
    assertThat(messages.row(id).getPossiblyDuplicate()).isFalse();
  }

  @Test
  void aRefusalIsFinalAndSaysWhy() {
    UUID gone = messages.waiting(Channel.EMAIL, database.newId());
    answering(new Refused(Why.ADDRESS, "550")).send(Channel.EMAIL, List.of(gone));

    assertThat(messages.row(gone).getStatus()).isEqualTo("failed");
    assertThat(messages.row(gone).getReason()).isEqualTo("no-such-address");
    assertThat(answering(ACCEPTED).send(Channel.EMAIL, List.of(gone)))
        .isEqualTo(SendOutcome.NOTHING);
  }

  @Test
  void whoSaysStopHasWithdrawnConsentForEverythingOnTheChannel() {
    UUID customer = TestStudent.living("UTC").in(database);
    UUID id = messages.waiting(Channel.SMS, customer);

    answering(new Refused(Why.STOPPED, "21610")).send(Channel.SMS, List.of(id));

    assertThat(messages.row(id).getStatus()).isEqualTo("failed");
    assertThat(messages.row(id).getReason()).isEqualTo("stopped");
    assertThat(messages.isWithdrawn(customer, Channel.SMS)).isTrue();
    assertThat(messages.isWithdrawn(customer, Channel.EMAIL)).isFalse();
  }

  @Test
  void consentThatWasWithdrawnSinceThePlanStopsWhatWaits() {
    UUID customer = TestStudent.living("UTC").in(database);
    UUID waits = messages.waiting(Channel.SMS, customer);
    UUID other = messages.waiting(Channel.EMAIL, customer);
    UUID lost = messages.waiting(Channel.SMS, TestStudent.living("UTC").in(database));
    answering(new Unknown("no answer")).send(Channel.SMS, List.of(lost));
    withdraw(customer);
    withdraw(messages.row(lost).getRecipientId());

    assertThat(answering(ACCEPTED).send(Channel.SMS, List.of(waits, lost)).sent()).isZero();

    assertThat(messages.row(waits).getStatus()).isEqualTo("suppressed");
    assertThat(messages.row(waits).getReason()).isEqualTo("no-consent");
    assertThat(messages.row(waits).getTries()).isZero();
    assertThat(messages.row(lost).getStatus()).as("it may have been sent").isEqualTo("unknown");
    assertThat(answering(ACCEPTED).send(Channel.EMAIL, List.of(other)).sent()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSentSaysWhyAndNobodyIsAsked() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    MessageSender sender =
        sender(
            _ -> Map.of(id, new RenderedMessage.Unsendable("no-address")),
            (_, _) -> {
              throw new AssertionError("nobody is to be asked");
            });

    assertThat(sender.send(Channel.EMAIL, List.of(id))).isEqualTo(new SendOutcome(0, 1, 0, null));

    assertThat(messages.row(id).getStatus()).isEqualTo("suppressed");
    assertThat(messages.row(id).getReason()).isEqualTo("no-address");
  }

  @Test
  void aChannelThatIsNotThereIsOff() {
    UUID id = messages.waiting(Channel.PUSH, database.newId());

    assertThat(answering(ACCEPTED).send(Channel.PUSH, List.of(id)))
        .isEqualTo(new SendOutcome(0, 1, 0, null));

    assertThat(messages.row(id).getReason()).isEqualTo("off");
  }

  @Test
  void aLetterThatCannotBeWrittenLeavesNoDoubt() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    MessageSender sender =
        sender(
            _ -> {
              throw new IllegalStateException("no such text");
            },
            (_, _) -> ACCEPTED);

    assertThatThrownBy(() -> sender.send(Channel.EMAIL, List.of(id)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(messages.row(id).getStatus()).isEqualTo("waiting");
    assertThat(messages.row(id).getSendingSince()).isNull();
  }

  @Test
  void whatWasSuppressedWhileItsLetterWasWrittenIsNotSent() {
    UUID id = messages.waiting(Channel.EMAIL, database.newId());
    MessageSender sender =
        sender(
            ids -> {
              Map<UUID, RenderedMessage> written = messages.letters().write(ids);
              Routines.suppressMessages(
                  database.dsl().configuration(), new UUID[] {id}, "cancelled");
              return written;
            },
            (_, _) -> {
              throw new AssertionError("nobody is to be asked");
            });

    assertThat(sender.send(Channel.EMAIL, List.of(id)).sent()).isZero();

    assertThat(messages.row(id).getReason()).isEqualTo("cancelled");
  }

  @Test
  void whatHasComeBackIsRecordedWhileOthersAreStillUnderWay() {
    UUID quick = messages.waiting(Channel.EMAIL, database.newId());
    UUID slow = messages.waiting(Channel.EMAIL, database.newId());
    var recorded = new CountDownLatch(1);
    MessageSender sender =
        sender(
            messages.letters(),
            (letter, _) -> {
              if (((RenderedMessage.Text) letter).sms().messageId().equals(slow)) {
                await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> messages.row(quick).getStatus().equals("sent"));
                recorded.countDown();
              }
              return ACCEPTED;
            });

    assertThat(sender.send(Channel.EMAIL, List.of(quick, slow)).sent()).isEqualTo(2);

    assertThat(recorded.getCount()).isZero();
  }

  @Test
  void aHostThatStopsRecordsWhatCameBackAndDoesNotCallTheRestSent() throws Exception {
    UUID quick = messages.waiting(Channel.EMAIL, database.newId());
    UUID slow = messages.waiting(Channel.EMAIL, database.newId());
    var never = new CountDownLatch(1);
    MessageSender sender =
        sender(
            messages.letters(),
            (letter, _) -> {
              if (((RenderedMessage.Text) letter).sms().messageId().equals(slow)) {
                awaitUninterrupted(never);
              }
              return ACCEPTED;
            });
    var sending = new FutureTask<>(() -> sender.send(Channel.EMAIL, List.of(quick, slow)));
    Thread host = Thread.ofVirtual().start(sending);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> messages.row(quick).getStatus().equals("sent"));

    host.interrupt();

    assertThatThrownBy(() -> sending.get(30, TimeUnit.SECONDS))
        .hasRootCauseMessage("Stopped with 1 calls under way");
    assertThat(messages.row(slow).getStatus()).isEqualTo("waiting");
    assertThat(messages.row(slow).getSendingSince()).isNotNull();
  }

  private void withdraw(UUID customer) {
    Routines.withdrawConsent(database.dsl().configuration(), customer, "sms");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private MessageSender answering(Delivery answer) {
    return carrying(() -> answer);
  }

  private MessageSender carrying(Supplier<Delivery> answer) {
    return sender(
        messages.letters(),
        (letter, _) -> {
          carried.add(((RenderedMessage.Text) letter).sms().messageId());
          return answer.get();
        });
  }

  private MessageSender sender(MessageSource letters, ChannelSender carrier) {
    return new MessageSender(
        database.dsl(),
        letters,
        Map.of(Channel.EMAIL, carrier, Channel.SMS, carrier),
        (_, _) -> {},
        metrics);
  }
}
