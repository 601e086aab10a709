package dev.mainstay.sandbox;

import dev.mainstay.sandbox.InSandbox.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox of a setting, as its test classes share it. It runs until a class asks for another
 * setting, or to the end of all tests: never two at once, on machines with two cores.
 */
final class SharedSandbox {

  private static final Logger log = LoggerFactory.getLogger(SharedSandbox.class);

  private final Setting setting;
  private final Home home;
  private final Ports ports;
  private final Sandbox sandbox;
  private final Status status;
  private final Marketplace marketplace;

  private SharedSandbox(Setting setting) {
    this.setting = setting;
    SandboxOptions options = setting.options();
    ports = options.ports();
    try {
      home = new Home(Files.createTempDirectory("mainstay-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    setting.properties().forEach(System::setProperty);
    sandbox = new Sandbox(home, options, log::warn);
    try {
      status = sandbox.start();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
    marketplace = new Marketplace(status);
  }

  Home home() {
    return home;
  }

  Ports ports() {
    return ports;
  }

  Status status() {
    return status;
  }

  /** One for all classes, as it knows which students have bought nothing so far. */
  Marketplace marketplace() {
    return marketplace;
  }

  private void stop() {
    sandbox.close();
    setting.properties().keySet().forEach(System::clearProperty);
    if (Status.workerHosts(home).stream().anyMatch(host -> host.running().isPresent())
        || Status.of(home).isPresent()) {
      throw new AssertionError("The sandbox has ended, but not its worker hosts or its status");
    }
    try (var paths = Files.walk(home.directory())) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the sandbox that a class wants, where it does not run. */
  static final class Extension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
      running(context).switchTo(setting(context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedSandbox.class;
    }

    @Override
    public SharedSandbox resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return running(context).switchTo(setting(context));
    }

    private static Running running(ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedSandbox.class))
          .computeIfAbsent(Running.class);
    }

    private static Setting setting(ExtensionContext context) {
      return context.getRequiredTestClass().getAnnotation(InSandbox.class).value();
    }
  }

  /** The one that runs, if any. */
  static final class Running implements AutoCloseable {

    private @Nullable SharedSandbox current;

    SharedSandbox switchTo(Setting wanted) {
      if (current != null && current.setting == wanted) {
        return current;
      }
      close();
      SharedSandbox next = new SharedSandbox(wanted);
      current = next;
      return next;
    }

    @Override
    public void close() {
      if (current != null) {
        current.stop();
        current = null;
      }
    }
  }

  /**
   * Classes that share a sandbox run one behind the other, after those that need none. Worker hosts
   * outside come first, so that a class is left to fail where they do not end with their sandbox.
   */
  public static final class Order implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
      context
          .getClassDescriptors()
          .sort(
              Comparator.comparing(Order::setting, Comparator.reverseOrder())
                  .thenComparing(type -> type.getTestClass().getName()));
    }

    /** Greatest where none is needed. */
    private static String setting(ClassDescriptor type) {
      return type.findAnnotation(InSandbox.class).map(in -> in.value().name()).orElse("none");
    }
  }
}
