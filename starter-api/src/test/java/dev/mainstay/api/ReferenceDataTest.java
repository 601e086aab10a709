package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.TRAINER;
import static dev.mainstay.db.generated.Tables.TRAINER_HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.CustomerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReferenceDataTest {

  private final TestApi api = TestApi.shared();
  private final UUID id = UUID.randomUUID();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          customers | {'name':'Ann Lee','email':'ann@example.com','phone':'+4930901820','locale':'de-AT','zone':'Europe/Vienna','preferredTime':'07:05','pushTokens':['t1','t2'],'testData':true}
          vendors   | {'name':'Bo Berg','email':'bo@example.com','phone':'+12015550123','locale':'en','zone':'America/New_York','cadence':'monthly','currency':'USD','pushTokens':['t3']}
          courses   | {'title':'Conversation','sessions':10,'sessionMinutes':45,'priceMinor':19900,'currency':'JPY'}
          """)
  void whatIsPutIsKeptAndTheSameAgainChangesNothing(String resource, String body) {
    String path = "/api/v1/" + resource + "/" + id;
    ObjectNode expected = (ObjectNode) JsonMapper.shared().readTree(body.replace('\'', '"'));
    expected.put("id", id.toString());

    JsonNode first = api.starter("PUT", path).body(body).send().expect(200).json();
    JsonNode again = api.starter("PUT", path).body(body).send().expect(200).json();

    assertThat(first).isEqualTo(expected);
    assertThat(again).isEqualTo(expected);
    assertThat(api.starter("GET", path).send().expect(200).json()).isEqualTo(expected);
    assertThat(all("/api/v1/" + resource)).contains(expected);
    api.starter("GET", "/api/v1/" + resource + "/" + UUID.randomUUID()).send().expect(404);
  }

  @Test
  void aPushTokenBelongsToWhoeverRegisteredItLast() {
    String shared = "shared-" + id;
    String own = "own-" + id;
    UUID vendor = UUID.randomUUID();
    putTokens("customers", id, shared, own);
    assertThat(putTokens("vendors", vendor, shared)).containsExactly(shared);
    assertThat(tokens("customers", id)).containsExactly(own);

    assertThat(putTokens("customers", id, shared, own)).as("repeated").containsExactly(own);
    assertThat(putTokens("customers", id, own, shared)).as("in another order").containsExactly(own);
    assertThat(tokens("vendors", vendor)).containsExactly(shared);

    putTokens("customers", id, own);
    assertThat(putTokens("customers", id, shared, own)).containsExactly(shared, own);
    assertThat(tokens("vendors", vendor)).isEmpty();
    assertThat(all("/api/v1/vendors"))
        .anyMatch(one ->
            one.path("id").asString().equals(vendor.toString())
                && one.path("pushTokens").isEmpty());
  }

  @Test
  void aDeviceThatIsGoneDoesNotComeBackByRepeatingTheList() {
    putTokens("customers", id, "dead-" + id, "own-" + id);
    Routines.removePushToken(api.database().dsl().configuration(), "dead-" + id);

    assertThat(putTokens("customers", id, "dead-" + id, "own-" + id)).containsExactly("own-" + id);
    assertThat(putTokens("customers", id)).isEmpty();
    assertThat(putTokens("customers", id, "dead-" + id)).containsExactly("dead-" + id);
  }

  @Test
  void ofManyWhoRegisterADeviceAtOnceOneHasIt() {
    String first = "first-" + id;
    String second = "second-" + id;
    List<UUID> people = Stream.generate(UUID::randomUUID).limit(12).toList();
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < people.size(); i++) {
        UUID person = people.get(i);
        String[] tokens = i % 2 == 0 ? new String[] {first, second} : new String[] {second, first};
        puts.add(all.submit(() -> putTokens("customers", person, tokens)));
      }
      puts.forEach(ReferenceDataTest::done);
    }

    assertThat(people.stream().flatMap(person -> tokens("customers", person).stream()))
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aCustomerIsTestDataFromItsCreationOnOrNever() {
    String path = "/api/v1/customers/" + id;
    String details = "{'name':'Ann','email':'ann@example.com','locale':'en','zone':'UTC'%s}";
    api.starter("PUT", path).body(details.formatted(",'testData':true")).send().expect(200);

    JsonNode kept = api.starter("PUT", path).body(details.formatted("")).send().expect(200).json();

    assertThat(kept.path("testData").asBoolean()).isTrue();
    api.starter("PUT", path).body(details.formatted(",'testData':false")).send().expect(409);
  }

  @ParameterizedTest
  @CsvSource({
    "+49 (0)30 90-18.20, +4930901820",
    "+39 06 12345678, +390612345678",
    "+49\u00a030\u2013901820, +4930901820",
    "+\u0664\u0669\u0663\u0660\u0669\u0660\u0661\u0668\u0662\u0660, +4930901820"
  })
  void aPhoneNumberIsKeptAsItIsDialled(String written, String kept) {
    JsonNode put =
        api.starter("PUT", "/api/v1/customers/" + id)
            .body("{'name':'Ann','phone':'%s','locale':'en','zone':'UTC'}".formatted(written))
            .send()
            .expect(200)
            .json();

    assertThat(put.path("phone").asString()).isEqualTo(kept);
  }

  @Test
  void whatIsPutAgainReplacesAllButTheDayOfItsMaking() {
    String path = "/api/v1/customers/" + id;
    api.starter("PUT", path)
        .body("{'name':'Ann','email':'ann@example.com','locale':'en','zone':'Europe/Berlin'}")
        .send()
        .expect(200);
    var made = row();
    api.starter("PUT", path)
        .body("{'name':'Anna','email':null,'locale':'en','zone':'Europe/Berlin'}")
        .send()
        .expect(200);

    assertThat(row().getName()).isEqualTo("Anna");
    assertThat(row().getEmail()).isNull();
    assertThat(row().getCreatedAt()).isEqualTo(made.getCreatedAt());
  }

  @Test
  void aTrainerIsPutWithCoursesHolidaysAndHours() {
    UUID course = api.newCourse();
    newVendor();
    String body =
        """
        {'capacity':3,'courseIds':['%s'],'holidays':['2026-12-24','2026-12-25'],
         'hours':[{'weekday':'MONDAY','from':'09:00','to':'12:00'},{'weekday':'MONDAY','from':'12:00','to':'24:00'},
                  {'weekday':'SUNDAY','from':'00:00','to':'24:00'}]}\
        """
            .formatted(course);
    ObjectNode expected = (ObjectNode) JsonMapper.shared().readTree(body.replace('\'', '"'));
    expected.put("id", id.toString()).put("load", 0);

    assertThat(
            put(body.replace(
                    "'SUNDAY','from':'00:00','to':'24:00'", "'SUNDAY','from':'00:00','to':'00:00'"))
                .expect(200)
                .json())
        .isEqualTo(expected);
    assertThat(put(body).expect(200).json()).isEqualTo(expected);
    assertThat(api.starter("GET", "/api/v1/trainers/" + id).send().expect(200).json())
        .isEqualTo(expected);
    assertThat(all("/api/v1/trainers")).contains(expected);
    assertThat(
            api.database()
                .dsl()
                .select(DSL.max(TRAINER_HOURS.TO_TIME.cast(String.class)))
                .from(TRAINER_HOURS)
                .where(TRAINER_HOURS.TRAINER_ID.eq(id))
                .fetchSingle()
                .value1())
        .isEqualTo("24:00:00");
    put("{'capacity':0,'courseIds':[]}").expect(200);
    assertThat(api.starter("GET", "/api/v1/trainers/" + id).send().json().path("hours").isEmpty())
        .isTrue();
  }

  @Test
  void aTrainerWithoutItsVendorIsNotFound() {
    put("{'capacity':3,'courseIds':[]}").expect(404);
  }

  @Test
  void anUnknownCourseOfATrainerIsNamed() {
    newVendor();
    Answer answer =
        put("{'capacity':3,'courseIds':['%s','%s']}".formatted(api.newCourse(), UUID.randomUUID()));

    assertThat(answer.expect(400).json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/courseIds/1");
    assertThat(api.database().dsl().fetchExists(TRAINER, TRAINER.VENDOR_ID.eq(id))).isFalse();
  }

  @Test
  void aCourseOfATrainerTwiceIsNamedHoweverItIsSpelt() {
    newVendor();
    String course = api.newCourse().toString();
    Answer answer =
        put(
            "{'capacity':3,'courseIds':['%s','%s']}"
                .formatted(course, course.toUpperCase(Locale.ROOT)));

    assertThat(answer.expect(400).json().path("errors").findValuesAsString("pointer"))
        .containsExactly("/courseIds/1");
  }

  @Test
  void aCapacityBelowTheLoadIsAConflictThatNamesIt() {
    newVendor();
    put("{'capacity':3,'courseIds':[]}").expect(200);
    api.database()
        .dsl()
        .update(TRAINER)
        .set(TRAINER.LOAD, 2)
        .where(TRAINER.VENDOR_ID.eq(id))
        .execute();

    Answer answer = put("{'capacity':1,'courseIds':[]}").expect(409);

    assertThat(answer.json().path("detail").asString()).contains("2 students");
    put("{'capacity':2,'courseIds':[]}").expect(200);
  }

  private Answer put(String body) {
    return api.starter("PUT", "/api/v1/trainers/" + id).body(body).send();
  }

  private void newVendor() {
    api.starter("PUT", "/api/v1/vendors/" + id)
        .body(
            "{'name':'Bo','email':'bo@example.com','locale':'en','zone':'Europe/Berlin','cadence':'weekly','currency':'EUR'}")
        .send()
        .expect(200);
  }

  private List<String> putTokens(String resource, UUID person, String... tokens) {
    String listed = Stream.of(tokens).map("'%s'"::formatted).collect(Collectors.joining(","));
    String details =
        resource.equals("customers")
            ? ""
            : "'email':'bo@example.com','cadence':'weekly','currency':'EUR',";
    return texts(
        api.starter("PUT", "/api/v1/" + resource + "/" + person)
            .body(
                "{'name':'Bo','locale':'en','zone':'UTC',%s'pushTokens':[%s]}"
                    .formatted(details, listed))
            .send()
            .expect(200)
            .json());
  }

  private List<String> tokens(String resource, UUID person) {
    return texts(
        api.starter("GET", "/api/v1/" + resource + "/" + person).send().expect(200).json());
  }

  private static List<String> texts(JsonNode person) {
    return person.path("pushTokens").valueStream().map(JsonNode::asString).toList();
  }

  private static void done(Future<?> put) {
    try {
      put.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private CustomerRecord row() {
    return api.database().dsl().selectFrom(CUSTOMER).where(CUSTOMER.ID.eq(id)).fetchSingle();
  }

  private List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = api.starter("GET", path + "?limit=3" + after).send().expect(200).json();
      page.path("items").forEach(items::add);
      after = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());
    return items;
  }
}
