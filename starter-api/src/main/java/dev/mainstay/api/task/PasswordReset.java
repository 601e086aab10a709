package dev.mainstay.api.task;

import java.util.UUID;

/** Who may set a new password. */
record PasswordReset(UUID customerId) {}
