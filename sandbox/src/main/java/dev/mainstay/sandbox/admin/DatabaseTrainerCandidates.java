package dev.mainstay.sandbox.admin;

import dev.mainstay.sandbox.server.DatabaseAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The trainers as the product knows them, so that both speak of the same: who is qualified, has a
 * place left, and no other student at that time of day.
 */
public final class DatabaseTrainerCandidates implements TrainerCandidates {

  private static final String QUERY =
      """
      select t.vendor_id, t.load
      from trainer_course q
      join trainer t on t.vendor_id = q.trainer_id
      where q.course_id = ?
        and t.load < t.capacity
        and not exists (
          select
          from allocation a
          where a.trainer_id = t.vendor_id and a.status <> 'ended' and a.preferred_time = ?::time and a.zone = ?)
      order by t.load, t.last_allocated_at nulls first, t.vendor_id
      """;

  private final DatabaseAddress database;

  public DatabaseTrainerCandidates(DatabaseAddress database) {
    this.database = database;
  }

  @Override
  public List<Candidate> of(UUID course, String time, String zone) {
    try (var connection = database.connect();
        var query = connection.prepareStatement(QUERY)) {
      query.setObject(1, course);
      query.setString(2, time);
      query.setString(3, zone);
      var found = new ArrayList<Candidate>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new Candidate(rows.getObject(1, UUID.class), rows.getInt(2)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("The trainers cannot be looked up", e);
    }
  }
}
