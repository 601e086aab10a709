package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.PAYROLL_DIFFERENCE;
import static dev.mainstay.db.generated.Tables.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stripe's events about transfers to vendors. */
class TransfersTest {

  private final TestApi api = TestApi.shared();
  private final String transfer = "tr_" + UUID.randomUUID();
  private final UUID payout = UUID.randomUUID();

  @Test
  void whatIsToldIsKeptOnceInAnyOrder() {
    tell("transfer.reversed", 8_000, 500).expect(200);
    tell("transfer.created", 8_000, 0).expect(200);
    tell("transfer.created", 8_000, 0).expect(200);

    assertThat(kept()).containsExactly("8000 USD, 500 of it back");
  }

  @Test
  void whatIsNotOursIsNotKept() {
    tell("transfer.created", "'id':'%s','amount':1,'metadata':{}".formatted(transfer)).expect(200);

    assertThat(kept()).isEmpty();
  }

  @Test
  void whatIsNoTransferIsRefused() {
    tell("transfer.created", 8_000, 8_001).expect(400);
    tell("transfer.created", 0, 0).expect(400);
    tell(
            "transfer.created",
            "'id':'%s','amount':1,'amount_reversed':0,'created':1,'metadata':{'mainstay_payout':'7'}"
                .formatted(transfer))
        .expect(400);

    assertThat(kept()).isEmpty();
  }

  @Test
  void whatDiffersIsListedWithBothSidesUntilItIsGone() {
    UUID id =
        api.database()
            .dsl()
            .insertInto(PAYROLL_DIFFERENCE)
            .set(PAYROLL_DIFFERENCE.KIND, "transfer-missing")
            .set(PAYROLL_DIFFERENCE.PAYOUT_ID, payout)
            .set(PAYROLL_DIFFERENCE.OURS, "paid 8000 USD")
            .set(PAYROLL_DIFFERENCE.THEIRS, "no such transfer")
            .returning(PAYROLL_DIFFERENCE.ID)
            .fetchSingle()
            .getId();

    assertThat(differences(""))
        .anySatisfy(difference -> {
          assertThat(difference.path("id").asString()).isEqualTo(id.toString());
          assertThat(difference.path("ours").asString()).isEqualTo("paid 8000 USD");
          assertThat(difference.path("theirs").asString()).isEqualTo("no such transfer");
        });
    api.database()
        .dsl()
        .update(PAYROLL_DIFFERENCE)
        .set(PAYROLL_DIFFERENCE.RESOLVED_AT, DSL.currentInstant())
        .where(PAYROLL_DIFFERENCE.ID.eq(id))
        .execute();

    assertThat(differences("")).noneMatch(found -> found.path("id").asString().equals("" + id));
    assertThat(differences("?open=false"))
        .anyMatch(found -> found.path("id").asString().equals("" + id));
  }

  private List<JsonNode> differences(String query) {
    return api.call("GET", "/api/v1/payroll/differences" + query)
        .key(api.key(Role.AUDITOR))
        .send()
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  private Answer tell(String type, long amount, long reversed) {
    return tell(
        type,
        "'id':'%s','amount':%d,'amount_reversed':%d,'created':1772000000,'metadata':{'mainstay_payout':'%s'}"
            .formatted(transfer, amount, reversed, payout));
  }

  private Answer tell(String type, String fields) {
    return api.stripe(
        "{'type':'%s','data':{'object':{%s,'currency':'usd'}}}"
            .formatted(type, fields)
            .replace('\'', '"'));
  }

  private List<String> kept() {
    return api.database()
        .dsl()
        .selectFrom(TRANSFER)
        .where(TRANSFER.ID.eq(transfer))
        .fetch(row ->
            "%d %s, %d of it back"
                .formatted(row.getAmountMinor(), row.getCurrency(), row.getReversedMinor()));
  }
}
