package dev.mainstay.activities.reminder;

import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.PUSH;
import static dev.mainstay.workflows.notification.Channel.SMS;
import static dev.mainstay.workflows.reminder.Reminder.APPOINTMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.Counts;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cost of reminders in statements: counts, not times. */
class ReminderCostTest {

  private final TestDatabase database = TestDatabase.create();
  private final AtomicInteger statements = new AtomicInteger();
  private final TestReminders reminders =
      new TestReminders(counted(), new TestClock("2026-11-23T12:00:00Z"), 500);

  @AfterEach
  void close() {
    database.close();
  }

  /** Beside these a page that sends has the statement of its letters and that of its rate. */
  @Test
  void aPageIsWrittenByOneStatementAndSentByThree() {
    due(2_000);

    Counts written = reminders.write(APPOINTMENT);
    assertThat(written.byName()).containsEntry("due", 2_000L).containsEntry("written", 6_000L);
    assertThat(statements.getAndSet(0)).as("a plan and four pages").isEqualTo(1 + 4);

    Counts sent = reminders.send(APPOINTMENT, EMAIL);
    assertThat(sent.byName()).containsEntry("sent", 2_000L);
    // Results are recorded five times a second, so a slow machine needs a few more statements.
    assertThat(statements.get()).isBetween(1 + 4 * 3, 1 + 4 * 5);
  }

  private void due(int bookings) {
    UUID customer = TestReminders.customer(database, "UTC", EMAIL);
    TestReminders.agree(database, customer, SMS, PUSH);
    UUID first = TestBooking.startingAt("2026-11-24T11:30:00Z").of(customer).in(database);
    database
        .admin()
        .execute(
            """
            insert into booking (customer_id, vendor_id, service, starts_at, zone, price_minor, currency, client, correlation_id, created_at)
            select b.customer_id, b.vendor_id, b.service, b.starts_at, b.zone, b.price_minor, b.currency, b.client, b.correlation_id, b.created_at
            from booking b, generate_series(2, ?)
            where b.id = ?
            """,
            bookings,
            first);
    statements.set(0);
  }

  private DSLContext counted() {
    return DSL.using(
        database
            .dsl()
            .configuration()
            .derive(
                new DefaultExecuteListenerProvider(
                    new ExecuteListener() {
                      @Override
                      public void executeStart(ExecuteContext context) {
                        statements.incrementAndGet();
                      }
                    })));
  }
}
