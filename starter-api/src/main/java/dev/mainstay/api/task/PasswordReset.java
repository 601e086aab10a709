package dev.mainstay.api.task;

import java.util.UUID;

/** The customer that may set a new password. */
record PasswordReset(UUID customerId) {}
