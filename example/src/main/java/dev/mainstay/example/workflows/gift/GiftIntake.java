package dev.mainstay.example.workflows.gift;

import java.util.UUID;

/** The body of the request that brings a gift, and of its intake row. */
public record GiftIntake(UUID giverId, UUID recipientId, UUID courseId) {}
