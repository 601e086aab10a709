package dev.mainstay.activities.task;

import java.util.List;
import java.util.Map;

/**
 * The one list of tables with personal data: the data that an export contains, and the data that
 * stays after an erasure. A test checks it against the schema, so that a new table has to be named
 * here.
 */
public final class PersonalData {

  /** In the order in which an export gives them. */
  public static final List<Part> PARTS =
      List.of(
          Part.emptied("customer", "id = {0}"),
          Part.deleted("push_token", "customer_id = {0}"),
          Part.deleted("consent", "customer_id = {0}"),
          Part.staying("purchase", "student_id = {0}"),
          Part.staying(
              "payment",
              """
              (provider, provider_payment_id) in
                (select provider, provider_payment_id from purchase_request where student_id = {0})\
              """),
          Part.staying("payment_announcement", "student_id = {0}"),
          Part.staying(
              "transaction",
              """
              payment_id in (
                select p.id
                from payment p
                join purchase_request r
                  on r.provider = p.provider and r.provider_payment_id = p.provider_payment_id
                where r.student_id = {0})\
              """),
          Part.staying(
              "invoice", "purchase_id in (select id from purchase where student_id = {0})"),
          Part.staying(
              "credit_note",
              """
              invoice_id in (
                select v.id
                from invoice v
                join purchase u on u.id = v.purchase_id
                where u.student_id = {0})\
              """),
          Part.staying(
              "refund_fact",
              """
              (provider, provider_payment_id) in
                (select provider, provider_payment_id from purchase_request where student_id = {0})\
              """),
          new Part(
              "refund_request",
              // Without the operator who requested it
              "id, purchase_id, amount_minor, currency, reason, status, requested_at",
              "purchase_id in (select purchase_id from purchase_request where student_id = {0})",
              Fate.EMPTIED),
          Part.staying("allocation", "student_id = {0}"),
          Part.staying(
              "course_session",
              "allocation_id in (select id from allocation where student_id = {0})"),
          Part.emptied("booking", "customer_id = {0}"),
          Part.emptied("message", "recipient_kind = 'customer' and recipient_id = {0}"),
          Part.staying("task", "customer_id = {0}"),
          Part.deleted("download", "customer_id = {0}"),
          new Part(
              "intake",
              "id, kind, body, received_at",
              "business_id in (select s from subjects_of_customer({0}) s)",
              Fate.STAYS),
          new Part(
              "event",
              "id, type, subject_id, body, at",
              "subject_id in (select s from subjects_of_customer({0}) s)",
              Fate.EMPTIED));

  /** The other tables, each with the reason why an export gives nothing of it. */
  public static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("api_key", "who may call the API"),
          Map.entry(
              "attention", "what operators were told of steps that failed; emptied by an erasure"),
          Map.entry("audit_event", "what operators did, by key, in their own words; sealed"),
          Map.entry("audit_block", "the audit log's seals"),
          Map.entry("connected_account", "of vendors"),
          Map.entry("course", "what is taught"),
          Map.entry("download_part", "of a download: this very file, or one like it"),
          Map.entry("earning", "of vendors"),
          Map.entry("erasure", "whose data is gone"),
          Map.entry("idempotency_key", "answers to the API's clients; deleted by an erasure"),
          Map.entry("installation", "how the product is set up"),
          Map.entry("link_token", "hashes; deleted by an erasure"),
          Map.entry("payout", "of vendors"),
          Map.entry("payout_account_change", "of vendors"),
          Map.entry("payable_change", "of vendors, by owners of API keys"),
          Map.entry("payout_attempt", "of vendors"),
          Map.entry("payout_minimum", "how the product is set up"),
          Map.entry("payroll_approval", "of vendors"),
          Map.entry("payroll_difference", "of vendors"),
          Map.entry("payroll_proposal", "of vendors"),
          Map.entry("payroll_run", "of vendors"),
          Map.entry("process", "how the product is set up"),
          Map.entry("rate_limit", "how much a gateway took"),
          Map.entry("receipt", "of vendors"),
          Map.entry("refund_attempt", "calls to the provider, and its codes"),
          Map.entry("schedule", "how the product is set up"),
          Map.entry("sweep_run", "counts"),
          Map.entry("trainer", "of vendors"),
          Map.entry("trainer_course", "of vendors"),
          Map.entry("trainer_holiday", "of vendors"),
          Map.entry("trainer_hours", "of vendors"),
          Map.entry("transfer", "of vendors"),
          Map.entry("unknown_transfer", "of vendors"),
          Map.entry("vendor", "of vendors"),
          Map.entry("vendor_email", "of vendors"),
          Map.entry("webhook_notice", "counts"),
          Map.entry("worker_host", "how the product is set up"));

  private PersonalData() {}

  /** The effect of an erasure on a person's rows. */
  public enum Fate {
    /** They are gone. */
    DELETED,
    /** They stay, without the data that identifies the person. */
    EMPTIED,
    /** They stay as they are: payments and their purpose, under an id that identifies nobody. */
    STAYS
  }

  /**
   * A table with rows of persons.
   *
   * @param columns what an export gives of them
   * @param condition by which those of the customer {@code {0}} are found
   */
  public record Part(String table, String columns, String condition, Fate fate) {

    static Part deleted(String table, String condition) {
      return new Part(table, "*", condition, Fate.DELETED);
    }

    static Part emptied(String table, String condition) {
      return new Part(table, "*", condition, Fate.EMPTIED);
    }

    static Part staying(String table, String condition) {
      return new Part(table, "*", condition, Fate.STAYS);
    }
  }
}
