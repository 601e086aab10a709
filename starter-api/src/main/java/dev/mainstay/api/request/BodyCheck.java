package dev.mainstay.api.request;

import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Refuses a body that does not fit its schema before it is converted. */
@RestControllerAdvice
final class BodyCheck extends RequestBodyAdviceAdapter {

  private final BodySchemas schemas;
  private final JsonMapper json;

  BodyCheck(BodySchemas schemas, JsonMapper json) {
    this.schemas = schemas;
    this.json = json;
  }

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType) {
    Type checked = target instanceof ParameterizedType list ? element(list) : target;
    return checked instanceof Class<?> type && type.isRecord();
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    byte[] body = message.getBody().readAllBytes();
    JsonNode parsed = parsed(body);
    List<FieldProblem> problems = schemas.check(target, parsed);
    if (!problems.isEmpty()) {
      throw Refusal.fields(problems);
    }
    ReceivedRequest.keepBody(parsed);
    return new Checked(body, message.getHeaders());
  }

  /** The element type of a list; otherwise the type itself. */
  private static Type element(ParameterizedType type) {
    return type.getRawType() == List.class ? type.getActualTypeArguments()[0] : type;
  }

  private JsonNode parsed(byte[] body) {
    ObjectReader reader = json.reader();
    try (JsonParser parser = new ExactNumbers(reader.createParser(body))) {
      return parsed(reader, parser);
    } catch (JacksonException e) {
      throw Refusal.malformed("The body is not JSON: " + where(e));
    }
  }

  private static JsonNode parsed(ObjectReader reader, JsonParser parser) {
    try {
      JsonNode parsed = reader.readTree(parser);
      if (parsed == null || parsed.isMissingNode() || parser.nextToken() != null) {
        throw Refusal.malformed("The body is not JSON: it is not one value");
      }
      return parsed;
    } catch (StreamConstraintsException e) {
      throw Refusal.field(
          parser.streamReadContext().pathAsPointer().toString(),
          "is too long or nested too deeply");
    }
  }

  private static String where(JacksonException e) {
    var at = e.getLocation();
    return at == null
        ? "unreadable"
        : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static final class Checked implements HttpInputMessage {

    private final byte[] body;
    private final HttpHeaders headers;

    Checked(byte[] body, HttpHeaders headers) {
      this.body = body;
      this.headers = headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
