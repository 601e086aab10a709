package dev.mainstay.api.problem;

import dev.mainstay.api.access.Public;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Brings what the servlet container refuses, as an unknown path, to the one kind of answer. */
@Hidden
@RestController
class ErrorDispatch implements ErrorController {

  @Public("refuses only")
  @RequestMapping("/error")
  void refuse(
      @RequestAttribute(name = RequestDispatcher.ERROR_STATUS_CODE, required = false)
          @Nullable Integer status) {
    throw new ErrorResponseException(HttpStatusCode.valueOf(status == null ? 404 : status));
  }
}
