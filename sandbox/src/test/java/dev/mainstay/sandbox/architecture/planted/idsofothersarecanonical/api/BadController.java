package dev.mainstay.sandbox.architecture.planted.idsofothersarecanonical.api;

import java.util.UUID;

final class BadController {

  UUID wrong(String id) {
    return UUID.fromString(id);
  }
}
