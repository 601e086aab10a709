package dev.mainstay.api.task;

import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For the marketplace's backend, which keeps the passwords. */
@RestController
@RequestMapping("/api/v1/password-resets")
class PasswordResetController {

  private final PasswordResetService service;

  PasswordResetController(PasswordResetService service) {
    this.service = service;
  }

  @Operation(summary = "Shows the customer of a reset token, without redeeming it")
  @ApiResponse(responseCode = "200", description = "The token is valid", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = "The token is unknown, has expired or was used")
  @Allowed(STARTER)
  @PostMapping(path = "/check", consumes = "application/json", produces = "application/json")
  PasswordReset check(@RequestBody ResetToken token, Caller caller) {
    return service.check(token, caller.client()).orElseThrow(PasswordResetController::none);
  }

  @Operation(summary = "Redeems a reset token, once: the password may now be changed")
  @ApiResponse(
      responseCode = "200",
      description = "The token is redeemed",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = "The token is unknown, has expired or was used")
  @Allowed(STARTER)
  @PostMapping(path = "/use", consumes = "application/json", produces = "application/json")
  PasswordReset use(@RequestBody ResetToken token, Caller caller) {
    return service.use(token, caller.client()).orElseThrow(PasswordResetController::none);
  }

  private static Refusal none() {
    return Refusal.notFound("token");
  }
}
