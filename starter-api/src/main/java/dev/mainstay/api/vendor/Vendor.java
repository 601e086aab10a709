package dev.mainstay.api.vendor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A stored vendor. */
record Vendor(UUID id, @JsonUnwrapped VendorRequest details) {}
