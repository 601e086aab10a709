package dev.mainstay.activities.notification.message;

import java.util.Currency;

/**
 * An amount.
 *
 * @param minor in minor units of the currency
 */
public record Money(long minor, Currency currency) {}
