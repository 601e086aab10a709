package dev.mainstay.api.request;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.ZoneId;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The zones that can be worked with: those that both Java and PostgreSQL know. */
@Component
public class KnownZones {

  private final DSLContext database;
  private volatile @Nullable Set<String> names;

  KnownZones(DSLContext database) {
    this.database = database;
  }

  /** Whether it is a zone's exact name. Asks the database once, then never again. */
  public boolean contain(String name) {
    Set<String> known = names;
    if (known == null) {
      known =
          database
              .select(DSL.field("name", SQLDataType.VARCHAR))
              .from("pg_timezone_names")
              .fetchSet(0, String.class)
              .stream()
              .filter(ZoneId.getAvailableZoneIds()::contains)
              .collect(toUnmodifiableSet());
      names = known;
    }
    return known.contains(name);
  }
}
