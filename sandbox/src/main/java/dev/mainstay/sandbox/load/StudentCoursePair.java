package dev.mainstay.sandbox.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A student and a course that the student neither has nor has ever requested. */
public record StudentCoursePair(UUID student, UUID course, long priceMinor, String currency) {

  /** As many as there are, at most this many: spread over all students first, then over courses. */
  public static List<StudentCoursePair> find(Connection connection, int most) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            with student as (select id, row_number() over (order by id) as n from customer),
                 taught as (
                   select id, price_minor, currency, row_number() over (order by id) - 1 as n, count(*) over () as courses
                   from course),
                 taken as materialized (select student_id, course_id from purchase_request)
            select s.id, c.id, c.price_minor, c.currency
            from student s
            join taught c on true
            where not exists (select from taken t where t.student_id = s.id and t.course_id = c.id)
            order by mod(c.n - s.n + 1000000 * c.courses, c.courses), s.n
            limit ?\
            """)) {
      query.setInt(1, most);
      try (var rows = query.executeQuery()) {
        var pairs = new ArrayList<StudentCoursePair>();
        while (rows.next()) {
          pairs.add(
              new StudentCoursePair(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getString(4)));
        }
        return pairs;
      }
    }
  }
}
