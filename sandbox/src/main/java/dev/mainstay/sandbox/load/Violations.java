package dev.mainstay.sandbox.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The invariant checker's findings. */
public final class Violations {

  private Violations() {}

  /** A line for each; none where all is as it must be. */
  public static List<String> find(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select rule, subject_id, detail from invariant_violation")) {
      var violations = new ArrayList<String>();
      while (rows.next()) {
        violations.add(rows.getString(1) + " " + rows.getString(2) + ": " + rows.getString(3));
      }
      return violations;
    }
  }
}
