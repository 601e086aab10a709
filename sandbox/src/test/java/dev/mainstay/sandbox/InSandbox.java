package dev.mainstay.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class share one running sandbox with those of all classes of the same setting:
 * each uses payments, people and periods of its own, and leaves the simulators and the schedules as
 * it found them. They get it as a parameter, a {@link SharedSandbox}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSandbox.Extension.class)
@interface InSandbox {

  Setting value();

  /** How a sandbox was started. Its classes run one after the other. */
  enum Setting {
    /** A worker host inside; payroll in a zone that has daylight saving. */
    HOST_INSIDE(0, Allocator.BUILT_IN, "mainstay.payroll.zone", "Europe/Berlin"),
    /** The same, but payroll has to be approved, and the admin service gives the trainers. */
    APPROVAL_AND_ADMIN_SERVICE(0, Allocator.ADMIN_SERVICE, "mainstay.payroll.approval", "required"),
    /** The worker host is a process of its own, which can be killed. */
    HOST_OUTSIDE(1, Allocator.BUILT_IN, "mainstay.payroll.zone", "UTC");

    private final int workerHosts;
    private final Allocator allocator;
    private final String property;
    private final String text;

    Setting(int workerHosts, Allocator allocator, String property, String text) {
      this.workerHosts = workerHosts;
      this.allocator = allocator;
      this.property = property;
      this.text = text;
    }

    SandboxOptions options() {
      return new SandboxOptions(Ports.free(), false, workerHosts, allocator, null, null);
    }

    /** The system property that holds while it runs, also for hosts that are added. */
    Map<String, String> properties() {
      return Map.of(property, text);
    }
  }
}
