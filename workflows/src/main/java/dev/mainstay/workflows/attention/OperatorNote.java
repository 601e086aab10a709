package dev.mainstay.workflows.attention;

/**
 * Who sends a signal, and why. Every signal carries it, and the audit log keeps it.
 *
 * @param by the operator, person or system
 * @param reason in the operator's words
 */
public record OperatorNote(String by, String reason) {}
