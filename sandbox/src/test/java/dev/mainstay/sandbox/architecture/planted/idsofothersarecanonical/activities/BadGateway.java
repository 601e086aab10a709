package dev.mainstay.sandbox.architecture.planted.idsofothersarecanonical.activities;

import java.util.Optional;
import java.util.UUID;

final class BadGateway {

  Optional<UUID> wrong(Optional<String> id) {
    return id.map(UUID::fromString);
  }
}
