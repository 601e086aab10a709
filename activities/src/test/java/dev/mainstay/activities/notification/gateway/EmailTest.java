package dev.mainstay.activities.notification.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailTest {

  @Test
  void aNameInAPlainTextBecomesNoHtml() {
    Email email =
        Email.ofText(
            UUID.randomUUID(), "ida@example.com", "en", "Hello", "Dear <b>Ida</b>,\nhello");

    assertThat(email.text()).isEqualTo("Dear <b>Ida</b>,\nhello");
    assertThat(email.html()).isEqualTo("<p>Dear &lt;b&gt;Ida&lt;/b&gt;,<br>hello</p>");
  }
}
