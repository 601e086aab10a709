package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Customers and vendors that no other test has, and bookings between them. */
final class People {

  private static int next = 0;

  private final Marketplace marketplace;

  People(Marketplace marketplace) {
    this.marketplace = marketplace;
  }

  /**
   * A person with a unique name, address, number and device.
   *
   * @param id of the customer or the vendor
   */
  record Person(UUID id, String name, String email, String phone, String device) {

    static Person next() {
      int number = People.next++;
      return new Person(
          UUID.randomUUID(),
          "Wilhelmina Plantagenet-" + number,
          "wilhelmina" + number + "@planted.example.com",
          "+1415555%04d".formatted(100 + number),
          "device-planted-" + number);
    }
  }

  /** A customer who can be reached on all channels and has agreed to reminders. */
  Person customer() throws IOException, InterruptedException {
    Person person = customerWithoutConsent();
    marketplace.put(
        "/customers/" + person.id() + "/consents",
        """
        [{"channel":"email","purpose":"reminder","granted":true},
         {"channel":"sms","purpose":"reminder","granted":true},
         {"channel":"push","purpose":"reminder","granted":true}]\
        """);
    return person;
  }

  /** A customer who can be reached on all channels, and has agreed to nothing. */
  Person customerWithoutConsent() throws IOException, InterruptedException {
    Person person = Person.next();
    marketplace.put(
        "/customers/" + person.id(),
        """
        {"name":"%s","email":"%s","phone":"%s","locale":"en","zone":"UTC","pushTokens":["%s"]}\
        """
            .formatted(person.name(), person.email(), person.phone(), person.device()));
    return person;
  }

  Person vendor() throws IOException, InterruptedException {
    Person person = Person.next();
    marketplace.put(
        "/vendors/" + person.id(),
        """
        {"name":"%s","email":"%s","locale":"de","zone":"Europe/Berlin","cadence":"weekly","currency":"USD"}\
        """
            .formatted(person.name(), person.email()));
    return person;
  }

  /** A booking's body. */
  static String booking(Person customer, Person vendor, Instant startsAt) {
    return """
    {"vendorId":"%s","customerId":"%s","service":"Dog walking","subject":"Bella","place":"1 Park Lane",
     "startsAt":"%s","zone":"Europe/Berlin","priceMinor":2500,"currency":"USD"}\
    """
        .formatted(vendor.id(), customer.id(), startsAt);
  }

  /** Books; the booking's id. */
  String book(Person customer, Person vendor, Instant startsAt)
      throws IOException, InterruptedException {
    var answer = marketplace.post("/bookings", booking(customer, vendor, startsAt));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode booking = JsonMapper.shared().readTree(answer.body());
    return booking.at("/id").asString();
  }
}
