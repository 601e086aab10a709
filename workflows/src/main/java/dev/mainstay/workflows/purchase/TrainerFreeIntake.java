package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.util.List;
import java.util.UUID;

/** The intake row that says that a trainer has a place or a time again. */
public record TrainerFreeIntake(UUID trainerId) {

  static ProcessStart start(Claimed<TrainerFreeIntake> row) {
    UUID trainer = row.body().trainerId;
    return ProcessStart.of(
        TrainerFreeWorkflow.class,
        TrainerFreeWorkflow.id(row.businessId()),
        new TrainerFreeWorkflow.Input(row.businessId(), trainer),
        List.of(trainer.toString()));
  }
}
