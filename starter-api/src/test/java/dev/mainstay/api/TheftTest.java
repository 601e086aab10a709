package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each role alone tries to take money out of the payroll, through every operation that helps. */
class TheftTest {

  private final TestApi api = TestApi.shared();
  private final UUID customer = api.newStudent();
  private final UUID vendor = vendor();

  @ParameterizedTest
  @EnumSource(Role.class)
  void noRoleAloneIsPaidForMoneyThatWasNeverReceived(Role role) {
    String thief = api.newKey("thief", role);
    setAccount(api.key(Role.OPERATOR), "acct_thief").expect(200);
    String honest = id(book(api.key(Role.STARTER)).expect(202));
    Answer taken = book(thief);
    List<String> bookings = taken.status() == 202 ? List.of(honest, id(taken)) : List.of(honest);

    for (String booking : bookings) {
      post(thief, "/bookings/" + booking + "/pay", "{}");
      post(thief, "/bookings/" + booking + "/complete", "{}");
    }
    post(api.key(Role.STARTER), "/bookings/" + honest + "/complete", "{}");

    assertThat(payouts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void noRoleAloneMovesAPayoutToAnotherAccount(Role role) {
    String thief = api.newKey("thief", role);
    setAccount(api.key(Role.OPERATOR), "acct_victim").expect(200);
    String booking = id(api.starter("POST", "/api/v1/bookings").body(booking()).send().expect(202));
    api.starter("POST", "/api/v1/bookings/" + booking + "/pay").send().expect(200);
    api.starter("POST", "/api/v1/bookings/" + booking + "/complete").send().expect(200);
    assertThat(payouts()).containsExactly("acct_victim");

    setAccount(thief, "acct_thief");
    putVendor(thief, "'payoutAccount':'acct_thief',");

    // Finance may replace an account, but nothing is paid to it before it has stood for some time.
    assertThat(payouts()).isEqualTo(role == Role.FINANCE ? List.of() : List.of("acct_victim"));
  }

  /** The accounts to which this week's payroll would pay this vendor. */
  private List<String> payouts() {
    LocalDate monday =
        LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return api.call("GET", "/api/v1/payroll/weekly/" + monday + "/preview?limit=500")
        .key(api.key(Role.FINANCE))
        .send()
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .filter(item -> item.path("vendorId").asString().equals(vendor.toString()))
        .filter(item -> item.path("outcome").asString().equals("pay"))
        .map(item -> item.path("account").asString())
        .toList();
  }

  private UUID vendor() {
    UUID id = UUID.randomUUID();
    putVendor(api.key(Role.STARTER), id, "").expect(200);
    return id;
  }

  private Answer putVendor(String key, String fields) {
    return putVendor(key, vendor, fields);
  }

  private Answer putVendor(String key, UUID id, String fields) {
    return api.call("PUT", "/api/v1/vendors/" + id)
        .key(key)
        .body(
            "{%s'name':'Bo Berg','email':'bo@example.org','locale':'de','zone':'UTC','cadence':'weekly','currency':'EUR'}"
                .formatted(fields))
        .send();
  }

  private Answer setAccount(String key, String account) {
    return api.call("PUT", "/api/v1/vendors/" + vendor + "/payout-account")
        .key(key)
        .body("{'payoutAccount':'%s','reason':'moved'}".formatted(account))
        .send();
  }

  private Answer book(String key) {
    return post(key, "/bookings", booking());
  }

  private String booking() {
    return "{'vendorId':'%s','customerId':'%s','service':'Transfer','startsAt':'%s','zone':'UTC','priceMinor':90000,'currency':'EUR'}"
        .formatted(vendor, customer, Instant.now().plus(Duration.ofHours(1)));
  }

  private Answer post(String key, String path, String body) {
    return api.call("POST", "/api/v1" + path).key(key).body(body).send();
  }

  private static String id(Answer taken) {
    return taken.json().path("id").asString();
  }
}
