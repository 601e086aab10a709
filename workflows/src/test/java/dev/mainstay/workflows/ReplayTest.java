package dev.mainstay.workflows;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mainstay.workflows.invariants.InvariantsSweepImpl;
import dev.mainstay.workflows.notification.NotificationBatchWorkflowImpl;
import dev.mainstay.workflows.notification.NotificationWorkflowImpl;
import dev.mainstay.workflows.payment.PaymentCheckWorkflowImpl;
import dev.mainstay.workflows.payroll.PayoutWorkflowImpl;
import dev.mainstay.workflows.payroll.PayrollWorkflowImpl;
import dev.mainstay.workflows.payroll.WeeklyPayrollWorkflowImpl;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflowImpl;
import dev.mainstay.workflows.purchase.PurchaseWorkflowImpl;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflowImpl;
import dev.mainstay.workflows.refund.RefundWorkflowImpl;
import dev.mainstay.workflows.reminder.AppointmentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.PaymentReminderWorkflowImpl;
import dev.mainstay.workflows.reminder.ReminderPartWorkflowImpl;
import dev.mainstay.workflows.session.SessionTopUpWorkflowImpl;
import dev.mainstay.workflows.task.TaskWorkflowImpl;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the histories of every released shape of a workflow on today's code. A history is added
 * by {@code temporal workflow show -o json}, or by {@link HistoryRecorder}, and never changed.
 */
class ReplayTest {

  private static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(HistoryRecorder.FOLDER)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void todaysCodeReplaysTheHistory(Path history) {
    assertThatCode(() ->
            WorkflowReplayer.replayWorkflowExecution(
                history.toFile(),
                PurchaseBatchWorkflowImpl.class,
                PurchaseWorkflowImpl.class,
                RefundWorkflowImpl.class,
                PaymentCheckWorkflowImpl.class,
                SessionTopUpWorkflowImpl.class,
                InvariantsSweepImpl.class,
                TrainerFreeWorkflowImpl.class,
                TaskWorkflowImpl.class,
                NotificationBatchWorkflowImpl.class,
                PayrollWorkflowImpl.class,
                PayoutWorkflowImpl.class,
                WeeklyPayrollWorkflowImpl.class,
                NotificationWorkflowImpl.class,
                AppointmentReminderWorkflowImpl.class,
                PaymentReminderWorkflowImpl.class,
                ReminderPartWorkflowImpl.class))
        .doesNotThrowAnyException();
  }
}
