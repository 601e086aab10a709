package dev.mainstay.api.access;

import static org.jooq.impl.DSL.noCondition;

import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Who calls: the owner of the API key that came with the request.
 *
 * @param keyId which of the owner's keys
 */
public record ApiClient(UUID keyId, String owner, Set<Role> roles) {

  public ApiClient {
    roles = Set.copyOf(roles);
  }

  /** Which rows it sees: its own, or all where it reads all. */
  public Condition sees(Field<String> client) {
    return readsAll() ? noCondition() : client.eq(owner);
  }

  /** Which rows it sees where webhooks bring some too, which have no client: its own and these. */
  public Condition seesBesideWebhooks(Field<String> client) {
    return readsAll() ? noCondition() : client.isNull().or(client.eq(owner));
  }

  /** Whether it sees what other clients brought, too. */
  public boolean readsAll() {
    return roles.contains(Role.OPERATOR)
        || roles.contains(Role.FINANCE)
        || roles.contains(Role.AUDITOR);
  }
}
