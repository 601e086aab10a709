package dev.mainstay.workflows;

/**
 * Task queues follow constraints, not workflows: a slow gateway can fill its own queue and no
 * other.
 */
public final class TaskQueues {

  /** Workflow code and short database steps. */
  public static final String PROCESSES = "processes";

  /** Requests to a payment provider. */
  public static final String PAYMENTS = "payments";

  /** Pages of bulk work, which run for seconds to minutes. */
  public static final String BULK = "bulk";

  /** The marketplace's admin service, where it allocates trainers. */
  public static final String ADMIN_SERVICE = "admin-service";

  /** The server that takes our e-mails. */
  public static final String MESSAGES_EMAIL = "messages-email";

  /** The gateway for text messages. */
  public static final String MESSAGES_SMS = "messages-sms";

  /** The gateway to apps on telephones. */
  public static final String MESSAGES_PUSH = "messages-push";

  private TaskQueues() {}
}
