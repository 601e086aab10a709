package dev.mainstay.api.twilio;

import dev.mainstay.api.access.Public;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.CanonicalUuid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TwilioWebhookController {

  private static final String SIGNATURE = "X-Twilio-Signature";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TwilioSignatures signatures;
  private final TwilioWebhook webhook;

  TwilioWebhookController(TwilioSignatures signatures, TwilioWebhook webhook) {
    this.signatures = signatures;
    this.webhook = webhook;
  }

  @Operation(
      summary = "Receives the status of a text message from Twilio",
      description =
          "Authenticated by X-Twilio-Signature, not by an API key. The status of an unknown message"
              + " is not kept.",
      parameters =
          @Parameter(
              name = "message",
              in = ParameterIn.QUERY,
              description = "Our id of the message",
              schema = @Schema(type = "string", format = "uuid")),
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              description = "MessageSid, MessageStatus and ErrorCode, as Twilio sends them",
              content = @Content(mediaType = FORM, schema = @Schema(type = "object"))))
  @ApiResponse(responseCode = "204", description = "Taken", content = @Content)
  @Public("authenticated by X-Twilio-Signature")
  @PostMapping("/api/v1/webhooks/twilio/status")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void status(
      @Parameter(hidden = true) InputStream body,
      @RequestHeader(name = SIGNATURE, required = false) @Nullable String signature,
      HttpServletRequest call)
      throws IOException {
    TwilioForm form = verified(body, signature, call);
    webhook.status(
        TwilioForm.parse(call.getQueryString()).value("message").flatMap(CanonicalUuid::parse),
        form);
  }

  @Operation(
      summary = "Receives a text message from Twilio",
      description =
          """
          Authenticated by X-Twilio-Signature, not by an API key. Twilio's verdict counts (OptOutType STOP, START or HELP), else the
          word that the message consists of. STOP (STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT) withdraws the customer's
          consent to text messages of every purpose, however it is written. START (YES, UNSTOP) restores what STOP took. Anything
          else is not kept.\
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              description = "From, Body and OptOutType, as Twilio sends them",
              content = @Content(mediaType = FORM, schema = @Schema(type = "object"))))
  @ApiResponse(responseCode = "204", description = "Taken; nothing is answered", content = @Content)
  @Public("authenticated by X-Twilio-Signature")
  @PostMapping("/api/v1/webhooks/twilio/inbound")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void inbound(
      @Parameter(hidden = true) InputStream body,
      @RequestHeader(name = SIGNATURE, required = false) @Nullable String signature,
      HttpServletRequest call)
      throws IOException {
    webhook.inbound(verified(body, signature, call));
  }

  /** Reads the body itself: a parameter of the query is not among those that are signed. */
  private TwilioForm verified(InputStream body, @Nullable String signature, HttpServletRequest call)
      throws IOException {
    var form = TwilioForm.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    try {
      signatures.require(call, form, signature);
      return form;
    } catch (Refusal refused) {
      webhook.refused();
      throw refused;
    }
  }
}
