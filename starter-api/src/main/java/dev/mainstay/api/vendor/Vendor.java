package dev.mainstay.api.vendor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A vendor as it is kept. */
record Vendor(UUID id, @JsonUnwrapped VendorRequest details) {}
