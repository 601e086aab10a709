package dev.mainstay.api.stripe;

import dev.mainstay.api.access.Public;
import dev.mainstay.api.correlation.RequestCorrelation;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.PurchaseAcceptedResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StripeWebhookController {

  private final StripeSignatures signatures;
  private final StripeEvents events;
  private final StripeWebhook webhook;

  StripeWebhookController(StripeSignatures signatures, StripeEvents events, StripeWebhook webhook) {
    this.signatures = signatures;
    this.events = events;
    this.webhook = webhook;
  }

  @Operation(
      summary = "Receives Stripe's events",
      description = "Authenticated by Stripe-Signature over the raw body, not by an API key.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              description = "An event as Stripe sends it",
              content =
                  @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
  @ApiResponse(
      responseCode = "202",
      description = "A payment was accepted, now or earlier",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "200",
      description =
          "No purchase to follow: the event is a refund, is ignored, is not ours, became an attention item, is of a connected account, or was set aside"
              + " because it is of Stripe's other mode or thin (see `notices` of the workers' health)",
      content = @Content)
  @Public("authenticated by Stripe-Signature")
  @PostMapping(path = "/api/v1/webhooks/stripe", produces = "application/json")
  ResponseEntity<PurchaseAcceptedResponse> receive(
      @Parameter(hidden = true) InputStream body,
      @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature,
      HttpServletRequest request)
      throws IOException {
    // The raw bytes, whatever their media type: the signature is over them.
    String event = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    return webhook
        .receive(verified(event, signature), RequestCorrelation.id(request))
        .map(answer ->
            ResponseEntity.accepted()
                .location(URI.create("/api/v1/purchases/" + answer.id()))
                .body(answer))
        .orElseGet(() -> ResponseEntity.ok().build());
  }

  private StripeEvent verified(String body, @Nullable String signature) {
    try {
      signatures.require(body, signature);
      return events.read(body);
    } catch (Refusal refused) {
      webhook.refused();
      throw refused;
    }
  }
}
