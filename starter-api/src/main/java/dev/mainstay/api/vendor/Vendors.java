package dev.mainstay.api.vendor;

import static dev.mainstay.db.generated.Tables.VENDOR;

import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.db.generated.tables.records.VendorRecord;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class Vendors {

  private final DSLContext database;

  Vendors(DSLContext database) {
    this.database = database;
  }

  Vendor put(UUID id, VendorDetails details) {
    VendorRecord row = new VendorRecord();
    row.setId(id);
    row.setName(details.name());
    row.setEmail(details.email());
    row.setPhone(details.phone() == null ? null : FieldFormats.e164(details.phone()));
    row.setLocale(details.locale());
    row.setZone(details.zone().getId());
    row.setCadence(details.cadence().text());
    row.setCurrency(details.currency().getCurrencyCode());
    row.setPayoutAccount(details.payoutAccount());
    database
        .insertInto(VENDOR)
        .set(row)
        .onConflict(VENDOR.ID)
        .doUpdate()
        .setAllToExcluded()
        .execute();
    return vendor(row);
  }

  Optional<Vendor> find(UUID id) {
    return database.selectFrom(VENDOR).where(VENDOR.ID.eq(id)).fetchOptional(Vendors::vendor);
  }

  Page<Vendor> list(PageQuery page) {
    return Page.of(
        database
            .selectFrom(VENDOR)
            .where(VENDOR.ID.gt(page.above()))
            .orderBy(VENDOR.ID)
            .limit(page.withOneMore())
            .fetch(Vendors::vendor),
        page,
        Vendor::id);
  }

  private static Vendor vendor(VendorRecord row) {
    return new Vendor(
        row.getId(),
        new VendorDetails(
            row.getName(),
            row.getEmail(),
            row.getPhone(),
            row.getLocale(),
            ZoneId.of(row.getZone()),
            Cadence.of(row.getCadence()),
            Currency.getInstance(row.getCurrency()),
            row.getPayoutAccount()));
  }
}
