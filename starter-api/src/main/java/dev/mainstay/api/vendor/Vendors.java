package dev.mainstay.api.vendor;

import static dev.mainstay.db.generated.Tables.VENDOR;
import static java.util.Objects.requireNonNullElse;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.or;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.VendorRecord;
import dev.mainstay.workflows.payroll.Cadence;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

@Component
class Vendors {

  private static final List<Field<?>> DETAILS =
      List.of(
          VENDOR.NAME,
          VENDOR.EMAIL,
          VENDOR.PHONE,
          VENDOR.LOCALE,
          VENDOR.ZONE,
          VENDOR.CADENCE,
          VENDOR.CURRENCY);

  private static final Field<String[]> PUSH_TOKENS =
      Routines.pushTokensOf(inline((UUID) null), VENDOR.ID);

  private final CommandRunner commands;
  private final DSLContext database;
  private final PayoutAccounts accounts;

  Vendors(CommandRunner commands, DSLContext database, PayoutAccounts accounts) {
    this.commands = commands;
    this.database = database;
    this.accounts = accounts;
  }

  /**
   * Creates or replaces it; the same as before changes nothing. Without a payout account the vendor
   * keeps the one it has.
   *
   * @param caller who may not approve the next payroll that pays a vendor that this changes
   * @throws Refusal if the caller may not set the payout account that it gives
   */
  Vendor put(UUID id, VendorRequest details, Caller caller) {
    String account = details.payoutAccount();
    if (account == null) {
      commands.doInTransaction(() -> replace(id, details, caller.name()));
    } else {
      accounts.put(id, account, null, caller, () -> replace(id, details, caller.name()));
    }
    return find(id).orElseThrow();
  }

  private void replace(UUID id, VendorRequest details, String by) {
    VendorRecord row = new VendorRecord();
    row.setId(id);
    row.setName(details.name());
    row.setEmail(details.email());
    row.setPhone(details.phone() == null ? null : FieldFormats.e164(details.phone()));
    row.setLocale(details.locale());
    row.setZone(details.zone().getId());
    row.setCadence(details.cadence().text());
    row.setCurrency(details.currency().getCurrencyCode());
    database
        .insertInto(VENDOR)
        .set(row)
        .set(VENDOR.CHANGED_BY, by)
        .set(VENDOR.CHANGED_AT, currentInstant())
        .onConflict(VENDOR.ID)
        .doUpdate()
        .setAllToExcluded()
        .where(or(DETAILS.stream().map(Vendors::isChanged).toList()))
        .execute();
    Routines.setPushTokens(
        database.configuration(),
        null,
        id,
        requireNonNullElse(details.pushTokens(), List.<String>of()).toArray(String[]::new));
  }

  Optional<Vendor> find(UUID id) {
    return database
        .select(VENDOR, PUSH_TOKENS)
        .from(VENDOR)
        .where(VENDOR.ID.eq(id))
        .fetchOptional(mapping(Vendors::vendor));
  }

  Page<Vendor> list(PageQuery page) {
    return Page.of(
        database
            .select(VENDOR, PUSH_TOKENS)
            .from(VENDOR)
            .where(VENDOR.ID.gt(page.above()))
            .orderBy(VENDOR.ID)
            .limit(page.withOneMore())
            .fetch(mapping(Vendors::vendor)),
        page,
        Vendor::id);
  }

  private static <T> Condition isChanged(Field<T> detail) {
    return detail.isDistinctFrom(excluded(detail));
  }

  private static Vendor vendor(VendorRecord row, String[] pushTokens) {
    return new Vendor(
        row.getId(),
        new VendorRequest(
            row.getName(),
            row.getEmail(),
            row.getPhone(),
            row.getLocale(),
            ZoneId.of(row.getZone()),
            Cadence.of(row.getCadence()),
            Currency.getInstance(row.getCurrency()),
            row.getPayoutAccount(),
            List.of(pushTokens)));
  }
}
