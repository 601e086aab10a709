package dev.mainstay.example.api.gift;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Idempotent;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.example.workflows.gift.GiftIntake;
import dev.mainstay.example.workflows.gift.GiftWorkflow;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/gifts", produces = "application/json")
class GiftController {

  private final CommandRunner commands;
  private final DSLContext database;

  GiftController(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  @Operation(summary = "Gives a course away")
  @Allowed({STARTER, OPERATOR})
  @Idempotent
  @PostMapping(consumes = "application/json")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Gift give(@RequestBody GiftIntake body, Caller caller) {
    return commands.by(caller).needingBackend().runOnce(Gift.class, () -> request(body, caller));
  }

  @Operation(summary = "Shows a gift")
  @Allowed({STARTER, OPERATOR, AUDITOR})
  @GetMapping("/{id}")
  Gift find(@PathVariable UUID id, Caller caller) {
    return database
        .selectFrom("gift")
        .where("id = ?", id)
        .and(caller.client().sees(DSL.field("client", String.class)))
        .fetchOptionalInto(Gift.class)
        .orElseThrow(() -> Refusal.notFound("gift"));
  }

  private Gift request(GiftIntake body, Caller caller) {
    UUID id = commands.start(GiftWorkflow.NAME, body, caller);
    String insert = "insert into gift values (?, ?, ?, ?, ?)";
    database.execute(
        insert, id, body.giverId(), body.recipientId(), body.courseId(), caller.name());
    return find(id, caller);
  }

  /** A gift as it is shown. */
  record Gift(UUID id, UUID giverId, UUID recipientId, UUID courseId, String status) {}
}
