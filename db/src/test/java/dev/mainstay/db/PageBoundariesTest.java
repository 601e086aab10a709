package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PageBoundariesTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void pagesAreFullButForTheLast() {
    assertThat(pages("array(select generate_series(1, 25))", 10))
        .containsExactly("10 at 10 with 10", "20 at 20 with 10", "25 at 25 with 5");
  }

  @Test
  void thereIsNoEmptyPageAtTheEnd() {
    assertThat(pages("array [7, 8, 9, 10]", 2)).containsExactly("8 at 2 with 2", "10 at 4 with 2");
  }

  @Test
  void noKeysAreNoPages() {
    assertThat(pages("'{}'::int[]", 10)).isEmpty();
  }

  @Test
  void equalKeysStayTogether() {
    assertThat(pages("array [1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4]", 3))
        .containsExactly("1 at 3 with 3", "2 at 5 with 2", "4 at 11 with 6");
  }

  @Test
  void keysAreTakenInTheOrderInWhichTheyAreGiven() {
    assertThat(pages("array [9, 1, 5]", 2)).containsExactly("1 at 2 with 2", "5 at 3 with 1");
  }

  private static List<String> pages(String keys, int pageSize) {
    return database
        .dsl()
        .fetch(
            "select format('%s at %s with %s', up_to, place, items) as page from page_boundaries("
                + keys
                + ", ?)",
            pageSize)
        .getValues("page", String.class);
  }
}
