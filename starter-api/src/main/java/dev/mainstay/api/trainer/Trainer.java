package dev.mainstay.api.trainer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/**
 * A stored trainer.
 *
 * @param id the vendor's
 * @param load how many students the trainer has
 */
record Trainer(UUID id, int load, @JsonUnwrapped TrainerRequest details) {}
