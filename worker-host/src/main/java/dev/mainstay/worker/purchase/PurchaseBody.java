package dev.mainstay.worker.purchase;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What a run needs to know of a purchase's intake row. */
@JsonIgnoreProperties(ignoreUnknown = true)
record PurchaseBody(String provider, String providerPaymentId, long amountMinor, String currency) {}
