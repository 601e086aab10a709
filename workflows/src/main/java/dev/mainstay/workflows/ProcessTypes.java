package dev.mainstay.workflows;

import dev.mainstay.workflows.invariants.InvariantsProcess;
import dev.mainstay.workflows.notification.NotificationProcess;
import dev.mainstay.workflows.payment.PaymentCheckWorkflow;
import dev.mainstay.workflows.payroll.PayoutProcess;
import dev.mainstay.workflows.payroll.PayrollProcess;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import dev.mainstay.workflows.purchase.PurchaseProcess;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Waits;
import dev.mainstay.workflows.refund.RefundProcess;
import dev.mainstay.workflows.reminder.ReminderProcess;
import dev.mainstay.workflows.session.SessionTopUpProcess;
import dev.mainstay.workflows.task.TaskProcess;
import java.util.List;

/** The processes of the product. Another module adds its own as beans. */
public final class ProcessTypes {

  public static final List<ProcessType> ALL =
      List.of(
          PurchaseProcess.type(PurchaseBatchWorkflow.MAX_BATCH_SIZE, Waits.DEFAULT),
          PurchaseProcess.TRAINER_FREE,
          PaymentCheckWorkflow.TYPE,
          RefundProcess.TYPE,
          NotificationProcess.TYPE,
          TaskProcess.TYPE,
          PayrollProcess.TYPE,
          PayrollProcess.WEEKLY,
          PayrollProcess.MONTHLY,
          PayrollProcess.RECONCILIATION,
          PayoutProcess.TYPE,
          ReminderProcess.TYPE,
          SessionTopUpProcess.TYPE,
          InvariantsProcess.TYPE);

  private ProcessTypes() {}
}
