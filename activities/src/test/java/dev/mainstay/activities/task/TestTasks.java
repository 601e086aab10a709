package dev.mainstay.activities.task;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.DOWNLOAD_PART;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.db.generated.Tables.TASK;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.ChannelSender;
import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.task.TaskType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on a database of their own, with letters that hold only a link and a server that keeps
 * them.
 */
final class TestTasks implements AutoCloseable {

  static final Duration DOWNLOAD_VALID = Duration.ofDays(7);
  static final Duration RESET_VALID = Duration.ofHours(1);

  final TestPurchases purchases = new TestPurchases();
  final TestDatabase database = purchases.database();

  /** The texts that were taken, each just its link's token where it has one. */
  final List<String> mails = new CopyOnWriteArrayList<>();

  /** The server's next answer; null if it accepts the mail. */
  volatile @Nullable Delivery answer;

  volatile boolean reached = true;

  final LinkTokens tokens =
      new LinkTokens(
          database.dsl(), database.transaction(), purchases.clock, DOWNLOAD_VALID, RESET_VALID);
  final TaskStepsImpl steps =
      new TaskStepsImpl(database.dsl(), database.transaction(), purchases.clock);
  final TaskFilesImpl files =
      new TaskFilesImpl(database.dsl(), database.transaction(), purchases.clock, DOWNLOAD_VALID);
  final TaskMailImpl mail =
      new TaskMailImpl(
          database.dsl(),
          database.transaction(),
          new MessageSender(
              database.dsl(),
              this::write,
              Map.of(Channel.EMAIL, ChannelSender.of((EmailGateway) this::take)),
              (_, _) -> {},
              new SimpleMeterRegistry()),
          purchases.clock);

  private Map<UUID, RenderedMessage> write(List<UUID> messages) {
    Map<UUID, RenderedMessage> letters = new LinkedHashMap<>();
    database
        .dsl()
        .select(MESSAGE.ID, MESSAGE.SUBJECT_ID, CUSTOMER.EMAIL, MESSAGE.KIND)
        .from(MESSAGE)
        .join(CUSTOMER)
        .on(CUSTOMER.ID.eq(MESSAGE.RECIPIENT_ID))
        .where(MESSAGE.ID.in(messages), MESSAGE.STATUS.eq("waiting"))
        .forEach(row ->
            letters.put(
                row.value1(),
                row.value3() == null
                    ? new RenderedMessage.Unsendable("no-address")
                    : new RenderedMessage.Mail(
                        new Email(
                            row.value1(),
                            row.value3(),
                            "en",
                            "subject",
                            row.value4().equals("welcome")
                                ? "welcome"
                                : tokens.newToken(row.value2()),
                            "html",
                            null,
                            List.of()))));
    return letters;
  }

  private Delivery take(Email email) {
    if (!reached) {
      throw new NotReachedException("not now");
    }
    Delivery said = answer;
    if (said != null) {
      return said;
    }
    mails.add(email.text());
    return new Delivery.Accepted("<" + email.messageId() + "@example.org>");
  }

  /** Somebody with a name and an address. */
  UUID customer(String name, @Nullable String email) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, id)
        .set(CUSTOMER.NAME, name)
        .set(CUSTOMER.EMAIL, email)
        .set(CUSTOMER.LOCALE, "en")
        .set(CUSTOMER.ZONE, "Europe/Berlin")
        .execute();
    return id;
  }

  UUID task(TaskType type, UUID customer) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(TASK)
        .set(TASK.ID, id)
        .set(TASK.TYPE, type.text())
        .set(TASK.CUSTOMER_ID, customer)
        .set(TASK.PRIORITY, "normal")
        .set(TASK.MAX_RETRIES, (short) 3)
        .set(TASK.CLIENT, "market")
        .set(TASK.CORRELATION_ID, "correlation")
        .execute();
    return id;
  }

  /** The task's status, and its reason where it has one. */
  String status(UUID task) {
    return database
        .dsl()
        .select(TASK.STATUS, TASK.REASON)
        .from(TASK)
        .where(TASK.ID.eq(task))
        .fetchSingle(row -> row.value1() + (row.value2() == null ? "" : " " + row.value2()));
  }

  /** The task's messages, each as {@code welcome sent}. */
  List<String> messages(UUID task) {
    return database
        .dsl()
        .selectFrom(MESSAGE)
        .where(MESSAGE.SUBJECT_ID.eq(task))
        .fetch(row -> row.getKind() + " " + row.getStatus());
  }

  /** The downloadable file of a task. */
  byte[] file(UUID task) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    database
        .dsl()
        .selectFrom(DOWNLOAD_PART)
        .where(DOWNLOAD_PART.TASK_ID.eq(task))
        .orderBy(DOWNLOAD_PART.ORDINAL)
        .forEach(part -> bytes.writeBytes(part.getContent()));
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    purchases.close();
  }
}
