package dev.mainstay.activities.session;

/**
 * The numbers of the top-up.
 *
 * @param fewerThan an allocation with fewer future sessions than this is filled up
 * @param upTo to how many future sessions
 * @param pageSize about how many allocations a page looks at
 */
public record SessionTopUp(int fewerThan, int upTo, int pageSize) {}
