package dev.mainstay.db.intake;

import java.util.UUID;

/**
 * The answer to taking a row in.
 *
 * @param businessId the id fixed by the first row with this source and key
 * @param first whether this was that row
 * @param sameBody whether this row's body equals the first one's
 */
public record IntakeResult(UUID businessId, boolean first, boolean sameBody) {}
