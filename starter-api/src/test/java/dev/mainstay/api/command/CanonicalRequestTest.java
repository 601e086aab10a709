package dev.mainstay.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.request.ReceivedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CanonicalRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':2} | {'b':2, 'a':1}",
        "{'a':{'c':1,'d':[{'f':1,'e':2}]}} | {'a':{'d':[{'e':2,'f':1}],'c':1}}",
        "{'a':1} | {'a':1.0}",
        "{'a':1} | {'a':10e-1}",
        "{'a':0} | {'a':-0.00}",
        "{'a':100} | {'a':1e2}",
        "{'a':'\\u0041'} | {'a':'A'}",
        "[1,2] | [1.0, 2]",
      })
  void whatMeansTheSameIsTheSameRequest(String one, String other) {
    assertThat(text(one)).isEqualTo(text(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | {'a':2}",
        "{'a':1} | {'a':'1'}",
        "{'a':1} | {'b':1}",
        "{'a':true} | {'a':'true'}",
        "{'a':0.1} | {'a':0.10000001}",
        "{'a':9007199254740993} | {'a':9007199254740992}",
        "{'a':[1,2]} | {'a':[2,1]}",
        "{'a':[null]} | {'a':[]}",
        "{'a':''} | {}",
        "{'a':false} | {}",
        "{'a':'x'} | {'a':'x '}",
        "[] | {}",
      })
  void whatMeansSomethingElseIsAnotherRequest(String one, String other) {
    assertThat(text(one)).isNotEqualTo(text(other));
  }

  /** A client of this release leaves it out, one of the next sends null: both mean the same. */
  @Test
  void anOptionalFieldThatALaterReleaseAddsLeavesAReplayAReplay() {
    assertThat(text("{'reason':'moved','amountMinor':5000,'addedLater':null}"))
        .isEqualTo(text("{'reason':'moved','amountMinor':5000}"));
    assertThat(text("{'list':[{'a':1,'addedLater':null}]}")).isEqualTo(text("{'list':[{'a':1}]}"));
    assertThat(text("{'reason':'moved','addedLater':'x'}"))
        .isNotEqualTo(text("{'reason':'moved'}"));
  }

  @Test
  void noBodyIsAnEmptyOne() {
    assertThat(text(null)).isEqualTo(text("{}")).isEqualTo(text("{'addedLater':null}"));
  }

  @Test
  void methodAndPathAreOfTheRequest() {
    var body = JsonMapper.shared().readTree("{}");
    String request = CanonicalRequest.text(new ReceivedRequest("POST", "/a", body));

    assertThat(request).isEqualTo("POST /a {}");
    assertThat(CanonicalRequest.text(new ReceivedRequest("POST", "/b", body)))
        .isNotEqualTo(request);
    assertThat(CanonicalRequest.text(new ReceivedRequest("PUT", "/a", body))).isNotEqualTo(request);
  }

  @Test
  void aNumberWithAHugeExponentIsNotWrittenOut() {
    assertThat(text("{'a':1e300}").length()).isLessThan(40);
  }

  private static String text(@Nullable String body) {
    return CanonicalRequest.text(
        new ReceivedRequest(
            "POST",
            "/api/v1/things",
            body == null ? null : JsonMapper.shared().readTree(body.replace('\'', '"'))));
  }
}
