package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYOUT_ACCOUNT_CHANGE;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static dev.mainstay.db.generated.Tables.VENDOR_EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.message.DatabaseMessageSource;
import dev.mainstay.activities.notification.message.MessageSettings;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A changed payout account is reported to the address that the vendor had three days before. */
class AccountChangeMailTest {

  private final TestDatabase database = TestDatabase.create();
  private final NotificationStepsImpl steps =
      new NotificationStepsImpl(database.dsl(), database.transaction());
  private final DatabaseMessageSource letters =
      new DatabaseMessageSource(
          database.dsl(),
          JsonMapper.shared(),
          new MessageSettings("Example", null, null, null, null),
          _ -> "token");
  private final UUID vendor = database.newId();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aThiefWhoChangesAddressAndAccountDoesNotGetTheMail() {
    vendor("bo@example.org", Duration.ofDays(100));
    changeAddress("thief@example.org", Duration.ofHours(71));
    changeAccount("acct_thief");

    assertThat(mails()).containsExactly("bo@example.org: Your payout account has been changed");
  }

  @Test
  void theMailKeepsItsAddressHoweverLateItIsSent() {
    vendor("bo@example.org", Duration.ofDays(100));
    changeAddress("thief@example.org", Duration.ofHours(1));
    changeAccount("acct_thief");
    changeAddress("thief2@example.org", Duration.ZERO);
    database
        .admin()
        .execute("update payout_account_change set changed_at = changed_at - interval '10 days'");
    database.admin().execute("update vendor_email set since = since - interval '10 days'");

    assertThat(mails()).containsExactly("bo@example.org: Your payout account has been changed");
  }

  @Test
  void anAddressOfThreeDaysIsTheVendorsOwn() {
    vendor("old@example.org", Duration.ofDays(100));
    changeAddress("new@example.org", Duration.ofHours(73));
    changeAccount("acct_other");

    assertThat(mails()).containsExactly("new@example.org: Your payout account has been changed");
  }

  @Test
  void aVendorWithoutAnAddressThenIsToldAtTheOneThatItHasNow() {
    vendor(null, Duration.ofDays(100));
    changeAddress("first@example.org", Duration.ofHours(1));
    changeAccount("acct_other");

    assertThat(mails()).containsExactly("first@example.org: Your payout account has been changed");
  }

  @Test
  void eachChangeIsReported() {
    vendor("bo@example.org", Duration.ofDays(100));
    changeAccount("acct_thief");
    changeAccount("acct_first");

    assertThat(mails()).hasSize(2);
  }

  @Test
  void theFirstAccountAndTheSameAgainAreNoChange() {
    vendor("bo@example.org", Duration.ofDays(100));
    database.dsl().update(VENDOR).setNull(VENDOR.PAYOUT_ACCOUNT).execute();

    assertThat(set("acct_first")).isEqualTo("set");
    assertThat(set("acct_first")).isEqualTo("same");

    assertThat(mails()).isEmpty();
    assertThat(database.dsl().fetchCount(PAYOUT_ACCOUNT_CHANGE)).isZero();
  }

  private void vendor(@Nullable String email, Duration ago) {
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, vendor)
        .set(VENDOR.NAME, "Bo Berg")
        .set(VENDOR.EMAIL, email)
        .set(VENDOR.LOCALE, "en")
        .set(VENDOR.ZONE, "UTC")
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, "USD")
        .set(VENDOR.PAYOUT_ACCOUNT, "acct_first")
        .execute();
    since(ago);
  }

  private void changeAddress(String email, Duration ago) {
    database.dsl().update(VENDOR).set(VENDOR.EMAIL, email).execute();
    since(ago);
  }

  /** Dates the last address back. */
  private void since(Duration ago) {
    database
        .admin()
        .update(VENDOR_EMAIL)
        .set(VENDOR_EMAIL.SINCE, Instant.now().minus(ago))
        .where(VENDOR_EMAIL.SINCE.eq(DSL.select(DSL.max(VENDOR_EMAIL.SINCE)).from(VENDOR_EMAIL)))
        .execute();
  }

  private void changeAccount(String account) {
    assertThat(set(account)).isEqualTo("replaced");
  }

  private @Nullable String set(String account) {
    return Routines.setPayoutAccount(
        database.dsl().configuration(), vendor, account, true, "fin", "corr-1");
  }

  /** Plans what was announced and writes it, as {@code address: subject}. */
  private List<String> mails() {
    List<UUID> announced =
        database
            .dsl()
            .select(INTAKE.BUSINESS_ID)
            .from(INTAKE)
            .where(INTAKE.KIND.eq("notification"))
            .fetch(INTAKE.BUSINESS_ID);
    List<UUID> planned =
        steps.planAll(announced).batches().stream()
            .map(Batch::messages)
            .flatMap(List::stream)
            .toList();
    return letters.write(planned).values().stream()
        .map(RenderedMessage.Mail.class::cast)
        .map(mail -> mail.email().to() + ": " + mail.email().subject())
        .toList();
  }
}
