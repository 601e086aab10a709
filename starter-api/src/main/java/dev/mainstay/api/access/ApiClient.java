package dev.mainstay.api.access;

import java.util.Set;
import java.util.UUID;

/**
 * Who calls: the owner of the API key that came with the request.
 *
 * @param keyId which of the owner's keys
 */
public record ApiClient(UUID keyId, String owner, Set<Role> roles) {

  public ApiClient {
    roles = Set.copyOf(roles);
  }

  /** Whether it sees what other clients brought, too. */
  public boolean readsAll() {
    return roles.contains(Role.OPERATOR)
        || roles.contains(Role.FINANCE)
        || roles.contains(Role.AUDITOR);
  }
}
