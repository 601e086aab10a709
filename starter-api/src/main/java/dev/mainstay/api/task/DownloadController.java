package dev.mainstay.api.task;

import dev.mainstay.api.ApiProperties;
import dev.mainstay.api.access.Public;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.task.DownloadQueries.Download;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DownloadController {

  private final DownloadQueries downloads;
  private final AddressLimits limits;

  DownloadController(DownloadQueries downloads, ApiProperties properties) {
    this.downloads = downloads;
    this.limits = new AddressLimits(properties.downloadLimit());
  }

  @Operation(
      summary = "Downloads a person's file",
      description = "By the link in their mail, not by an API key, until the link expires.")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "429", description = "Too many requests; see Retry-After")
  @Public("authenticated by the token in the path")
  @GetMapping("/api/v1/downloads/{token}")
  void download(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    limits.take(request.getRemoteAddr());
    Download download = downloads.find(token).orElseThrow(() -> Refusal.notFound("download"));
    response.setContentType(download.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(download.fileName()).build().toString());
    // The address is a secret
    response.setHeader("Referrer-Policy", "no-referrer");
    downloads.write(download, response.getOutputStream());
  }
}
