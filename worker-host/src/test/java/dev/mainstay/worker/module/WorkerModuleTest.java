package dev.mainstay.worker.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.process.ProcessType;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerModuleTest {

  private final WorkerModule module =
      new WorkerModule("top-up", "processes", List.of(Object.class), List.of("a"), List.of());

  @Test
  void isServedOnItsOwnQueueAlone() {
    assertThat(module.byQueue()).containsExactly(module);
  }

  @Test
  void aProcessOfOneWorkflowNamesItsModule() {
    ProcessType process = ProcessType.keyed("thing", Object.class, String.class);

    WorkerModule of = WorkerModule.of(process, Object.class, "a");

    assertThat(of)
        .isEqualTo(
            new WorkerModule(
                "thing", "processes", List.of(Object.class), List.of("a"), List.of(process)));
    assertThat(of.kinds()).containsExactly("thing");
  }

  @Test
  void mayHaveActivitiesOnOtherQueues() {
    assertThat(module.alsoOn("bulk", "b", "c").byQueue())
        .containsExactly(
            module, new WorkerModule("top-up", "bulk", List.of(), List.of("b", "c"), List.of()));
  }
}
