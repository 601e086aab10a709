package dev.mainstay.api.customer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A stored customer. */
record Customer(UUID id, @JsonUnwrapped CustomerRequest details) {}
