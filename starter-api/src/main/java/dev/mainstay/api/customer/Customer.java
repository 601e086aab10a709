package dev.mainstay.api.customer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A customer as it is kept. */
record Customer(UUID id, @JsonUnwrapped CustomerRequest details) {}
