package dev.mainstay.sandbox;

import static dev.mainstay.sandbox.Payrolls.WEEKLY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sandbox.InSandbox.Setting;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Payroll where it has to be approved: what was approved is paid, and nothing else. */
@InSandbox(Setting.APPROVAL_AND_ADMIN_SERVICE)
class PayrollApprovalEndToEndTest {

  private static final String AWAITING = "awaiting-approval";

  static Home home;
  static Status status;
  static Marketplace marketplace;
  static Payrolls payrolls;
  static WorkflowServiceStubs service;
  static WorkflowClient temporal;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    home = sandbox.home();
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    payrolls = new Payrolls(marketplace, status);
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
    temporal = WorkflowClient.newInstance(service);
  }

  @AfterAll
  static void hangUp() {
    service.shutdownNow();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void whatChangedBetweenPreviewAndApprovalIsAskedForAgain() throws Exception {
    LocalDate week = LocalDate.of(2024, 2, 5);
    UUID vendor = payrolls.vendor(WEEKLY, "USD");
    deliver(vendor, week);
    String run = payrolls.ask(WEEKLY, week).at("/id").asString();
    payrolls.await(WEEKLY, week, run, AWAITING);
    String previewed = payrolls.preview(WEEKLY, week).at("/hash").asString();

    deliver(vendor, week);
    HttpResponse<String> refused = approve("approver", week, run, previewed);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    String now = payrolls.preview(WEEKLY, week).at("/hash").asString();
    assertThat(now).isNotEqualTo(previewed);
    assertThat(refused.body()).contains(now);
    assertNothingPaid(vendor);

    HttpResponse<String> approved = approve("approver", week, run, now);

    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
    JsonNode completed = payrolls.await(WEEKLY, week, run, "completed");
    assertThat(completed.at("/hash").asString()).isEqualTo(now);
    assertThat(payrolls.texts(vendor)).containsExactly("paid 16000 USD");
    assertThat(payrolls.transfers().get(payrolls.payouts(vendor).getFirst().id())).hasSize(1);
  }

  @Test
  void aSignalWithoutAnApprovalPaysNothing() throws Exception {
    LocalDate week = LocalDate.of(2024, 3, 4);
    UUID vendor = payrolls.vendor(WEEKLY, "USD");
    deliver(vendor, week);
    String run = payrolls.ask(WEEKLY, week).at("/id").asString();
    payrolls.await(WEEKLY, week, run, AWAITING);

    String workflowId = "payroll/weekly/" + week;
    temporal
        .newUntypedWorkflowStub(workflowId)
        .signal("approve", Map.of("approvalId", UUID.randomUUID().toString()));
    // answered behind the signal
    temporal.newUntypedWorkflowStub(workflowId).query("progress", String.class);

    payrolls.await(WEEKLY, week, run, AWAITING);
    assertNothingPaid(vendor);
    assertThat(
            marketplace
                .post("operator", Payrolls.path(WEEKLY, week) + "/runs/" + run + "/approve", "{}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoChangedTheSetLastDoesNotApproveIt() throws Exception {
    LocalDate week = LocalDate.of(2024, 4, 1);
    UUID vendor = payrolls.vendor(WEEKLY, "USD");
    deliver(vendor, week);
    String run = payrolls.ask(WEEKLY, week).at("/id").asString();
    payrolls.await(WEEKLY, week, run, AWAITING);
    String hash = payrolls.preview(WEEKLY, week).at("/hash").asString();
    // the owner of the operator's key, who brought the delivery
    own("approver", "sandbox");

    HttpResponse<String> refused = approve("approver", week, run, hash);

    own("approver", "sandbox-approver");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertNothingPaid(vendor);
    assertThat(approve("approver", week, run, hash).statusCode()).isEqualTo(200);
    payrolls.await(WEEKLY, week, run, "completed");
    assertThat(payrolls.texts(vendor)).containsExactly("paid 8000 USD");
  }

  private static void deliver(UUID vendor, LocalDate day) throws Exception {
    payrolls.deliver(vendor, 10_000, "USD", day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
  }

  private static HttpResponse<String> approve(String role, LocalDate week, String run, String hash)
      throws IOException, InterruptedException {
    return marketplace.post(
        role,
        Payrolls.path(WEEKLY, week) + "/runs/" + run + "/approve",
        "{\"hash\":\"" + hash + "\"}");
  }

  private static void assertNothingPaid(UUID vendor) throws Exception {
    assertThat(payrolls.payouts(vendor)).isEmpty();
    assertThat(payrolls.transfers().keySet()).noneMatch(paid -> paid.equals(vendor));
  }

  /** Changes the owner of the key with a role. */
  private static void own(String role, String owner) throws SQLException {
    try (var connection = new RunningDatabase(home).getConnection();
        var statement =
            connection.prepareStatement(
                "update api_key set owner = ? where hash = sha256(convert_to(?, 'UTF8'))")) {
      statement.setString(1, owner);
      statement.setString(2, requireNonNull(status.keys().get(role)));
      statement.executeUpdate();
    }
  }
}
