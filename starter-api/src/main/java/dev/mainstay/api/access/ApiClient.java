package dev.mainstay.api.access;

import static org.jooq.impl.DSL.noCondition;

import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * The caller: the owner of the API key that came with the request.
 *
 * @param keyId the key that the owner used
 */
public record ApiClient(UUID keyId, String owner, Set<Role> roles) {

  public ApiClient {
    roles = Set.copyOf(roles);
  }

  /** The condition for the visible rows: the client's own, or all if it reads all. */
  public Condition sees(Field<String> client) {
    return readsAll() ? noCondition() : client.eq(owner);
  }

  /**
   * The condition for the visible rows of a table that webhooks also write, without a client: the
   * client's own and these.
   */
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
