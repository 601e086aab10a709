package dev.mainstay.sandbox.smtp;

import dev.mainstay.sandbox.simulator.VendorSimulator.Page;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Pages for people. They run no scripts, and a mail's HTML loads nothing. */
final class Html {

  private static final Map<String, String> NOTHING_RUNS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'");

  private Html() {}

  static Page page(int status, String title, String body) {
    return new Page(
        status,
        "text/html; charset=utf-8",
        NOTHING_RUNS,
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title><style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark }
        td, th { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top }
        dt { float: left; clear: left; width: 8rem } pre { white-space: pre-wrap }
        iframe { width: 100%%; height: 40rem; border: 1px solid; background: white }
        </style></head><body><h1>%s</h1>
        %s
        </body></html>
        """
            .formatted(escaped(title), escaped(title), body));
  }

  /** A mail's both parts, one below the other. */
  static String mail(String text, String html) {
    return "<h2>Text</h2><pre>%s</pre>\n<h2>HTML</h2><iframe sandbox srcdoc=\"%s\"></iframe>\n"
        .formatted(escaped(text), escaped(html));
  }

  static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
