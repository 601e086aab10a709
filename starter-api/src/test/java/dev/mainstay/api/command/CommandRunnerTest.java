package dev.mainstay.api.command;

import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;
import static dev.mainstay.db.generated.Tables.COURSE;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.TRAINER_COURSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.request.ReceivedRequest;
import dev.mainstay.api.testing.TestApi;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

class CommandRunnerTest {

  private final TestApi api = TestApi.shared();
  private final DSLContext database = api.bean(DSLContext.class);
  private final List<Boolean> wakes = new ArrayList<>();
  private final UUID id = UUID.randomUUID();
  private final AuditedAction entry = new AuditedAction("try", "thing/" + id, id, "to see");
  private final CommandRunner commands = commands("cluster");

  @Test
  void theDrainerIsWokenOnceTheWorkHasCommitted() {
    UUID answer = commands.by(caller(null)).run(this::insert);

    assertThat(answer).isEqualTo(id);
    assertThat(wakes).containsExactly(true);
  }

  @Test
  void aRefusalLeavesItsEntryAndNothingElse() {
    Command command = commands.by(caller(null)).audited(entry.withDetail("done"));

    assertThatThrownBy(() -> command.run(() -> refuse(Refusal.conflict("no", "not now"))))
        .isInstanceOf(Refusal.class);

    assertThat(isInserted()).isFalse();
    assertThat(wakes).isEmpty();
    assertThat(audited()).containsExactly("refused not now");
  }

  @Test
  void aRefusalThatKeepsChangesCommitsThem() {
    Command command = commands.by(caller(null)).audited(entry);

    assertThatThrownBy(
            () -> command.run(() -> refuse(Refusal.conflict("no", "not now").keepingChanges())))
        .isInstanceOf(Refusal.class);

    assertThat(isInserted()).isTrue();
    assertThat(audited()).containsExactly("refused not now");
  }

  @Test
  void theFieldsOfARefusalStandInItsEntry() {
    Refusal fields =
        Refusal.fields(
            List.of(new FieldProblem("/a", "is missing"), new FieldProblem("/b", "is late")));

    assertThatThrownBy(() -> commands.by(caller(null)).audited(entry).run(() -> refuse(fields)))
        .isInstanceOf(Refusal.class);

    assertThat(audited()).containsExactly("refused /a is missing; /b is late");
  }

  @Test
  void aProcessIsStartedByARowOfItsKindUnderTheCallersName() {
    UUID started =
        commands
            .by(caller(null))
            .run(() -> commands.start("thing", Map.of("size", 3), caller(null)));

    var row =
        database
            .selectFrom(INTAKE)
            .where(INTAKE.KIND.eq("thing"), INTAKE.BUSINESS_ID.eq(started))
            .fetchSingle();
    assertThat(row.getBody().data()).isEqualToIgnoringWhitespace("{\"size\":3}");
    assertThat(row.getSource()).isEqualTo("thing");
    assertThat(row.getClient()).isEqualTo("somebody");
    assertThat(row.getCorrelationId()).isEqualTo("correlation");
  }

  @Test
  void anIdThatNamesNothingIsARefusal() {
    Command command = commands.by(caller(null)).audited(entry);

    assertThatThrownBy(() ->
            command.run(() ->
                database
                    .insertInto(TRAINER_COURSE)
                    .set(TRAINER_COURSE.COURSE_ID, id)
                    .set(TRAINER_COURSE.TRAINER_ID, id)
                    .execute()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.getBody().getType())
                    .hasToString("urn:mainstay:problem:unknown-reference"));

    assertThat(audited())
        .containsExactly("refused The request names something that does not exist");
  }

  @Test
  void aFailureIsNotARefusal() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            commands
                .by(caller(null))
                .audited(entry)
                .run(() -> {
                  insert();
                  throw new IllegalStateException("broken");
                }));

    assertThat(isInserted()).isFalse();
    assertThat(audited()).isEmpty();
  }

  @Test
  void theEntryOfWhatIsDoneGoesByItsResult() {
    commands
        .by(caller(null))
        .audited(entry)
        .run(this::insert, (action, course) -> action.withDetail("course " + course));
    commands.by(caller(null)).audited(entry).run(() -> "unchanged", (_, _) -> null);
    commands.by(caller(null)).run(() -> "not audited");

    assertThat(audited()).containsExactly("done course " + id);
  }

  @Test
  void ofOperatorsAloneMeansOfNobodyElse() {
    commands.by(caller(null, Role.STARTER)).auditedOfOperators(entry).run(() -> "starter's");
    assertThat(audited()).isEmpty();

    commands.by(caller(null, Role.OPERATOR)).auditedOfOperators(entry).run(() -> "operator's");
    assertThat(audited()).containsExactly("done");
  }

  @Test
  void whatTheCallerDoesNotSeeIsNotFoundAndNotAudited() {
    assertThatThrownBy(
            () -> commands.by(caller(null)).audited(entry).about("thing", Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("404");
    assertThat(audited()).isEmpty();
  }

  @Test
  void withoutABackendOnlyWhatNeedsOneIsRefused() {
    CommandRunner disabled = commands("disabled");

    assertThatThrownBy(
            () -> disabled.by(caller(null)).needingBackend().audited(entry).run(this::insert))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("503");
    assertThat(isInserted()).isFalse();
    assertThat(audited()).hasSize(1);
    assertThat(disabled.by(caller(null)).run(this::insert)).isEqualTo(id);
  }

  @Test
  void workOutsideHoldsNoTransactionAndItsEntryHasOneOfItsOwn() {
    boolean inside =
        commands
            .by(caller(null))
            .audited(entry)
            .runOutside(
                TransactionSynchronizationManager::isActualTransactionActive,
                (action, _) -> action.withDetail("called"));

    assertThat(inside).isFalse();
    assertThat(audited()).containsExactly("done called");
    assertThatThrownBy(() ->
            commands
                .by(caller(null))
                .audited(entry)
                .runOutside(() -> refuse(Refusal.notFound("thing")), (action, _) -> action))
        .isInstanceOf(Refusal.class);
    assertThat(audited()).containsExactly("done called", "refused There is no such thing");
  }

  @Test
  void aRepeatUnderOneKeyIsNeitherDoneNorAuditedAgain() {
    Command command = commands.by(caller("key-" + id)).audited(entry);

    UUID first = command.runOnce(UUID.class, this::insert);
    UUID again = command.runOnce(UUID.class, this::insert);

    assertThat(again).isEqualTo(first);
    assertThat(audited()).containsExactly("done");
  }

  @Test
  void aKeyIsOnlyTakenByWhatKeepsItsAnswer() {
    Command command = commands.by(caller("key-" + id));

    assertThatIllegalStateException().isThrownBy(() -> command.run(this::insert));
    assertThatIllegalStateException()
        .isThrownBy(() -> command.runOutside(this::insert, (action, _) -> action));
    assertThat(isInserted()).isFalse();
  }

  private UUID insert() {
    database
        .insertInto(COURSE)
        .set(COURSE.ID, id)
        .set(COURSE.TITLE, "Go")
        .set(COURSE.SESSIONS, (short) 1)
        .set(COURSE.SESSION_MINUTES, (short) 45)
        .set(COURSE.PRICE_MINOR, 0L)
        .set(COURSE.CURRENCY, "EUR")
        .execute();
    return id;
  }

  private UUID refuse(Refusal refusal) {
    insert();
    throw refusal;
  }

  private boolean isInserted() {
    return api.database().dsl().fetchExists(COURSE, COURSE.ID.eq(id));
  }

  private List<String> audited() {
    return api.database()
        .dsl()
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT_ID.eq(id))
        .orderBy(AUDIT_EVENT.ID)
        .fetch(row ->
            row.getDetail() == null ? row.getOutcome() : row.getOutcome() + " " + row.getDetail());
  }

  private static Caller caller(@Nullable String key, Role... roles) {
    return new Caller(
        new ApiClient(UUID.randomUUID(), "somebody", Set.of(roles)),
        "correlation",
        key,
        new ReceivedRequest("POST", "/things", null));
  }

  private CommandRunner commands(String backend) {
    return new CommandRunner(
        api.bean("commandTransactions", TransactionOperations.class),
        database,
        () -> wakes.add(isInserted()),
        JsonMapper.shared(),
        new BackendProperties(backend),
        InstantSource.system());
  }
}
