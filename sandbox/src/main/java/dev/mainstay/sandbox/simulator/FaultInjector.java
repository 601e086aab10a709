package dev.mainstay.sandbox.simulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides the behaviour for the next request. */
public final class FaultInjector {

  private final InstantSource clock;
  private final List<Setting> settings = new ArrayList<>();

  /** An injector without behaviours. */
  public FaultInjector(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets a behaviour for its key, or for all keys, in place of the earlier one for these. */
  synchronized void turn(Behaviour behaviour) {
    if (behaviour.resets()) {
      settings.clear();
    }
    if (behaviour.asksForSomething()) {
      settings.removeIf(setting -> Objects.equals(setting.behaviour.key(), behaviour.key()));
      settings.add(new Setting(behaviour));
    }
  }

  /** The behaviour that a request with this key meets; one for its key goes before one for all. */
  public Met next(String key) {
    return next(List.of(key));
  }

  /** The same for a request with several keys: one for an earlier key goes before a later one's. */
  synchronized Met next(List<String> keys) {
    Setting setting =
        keys.stream().map(this::find).filter(Objects::nonNull).findFirst().orElse(find(null));
    if (setting == null) {
      return new Met(Behaviour.NORMAL, false);
    }
    if (setting.behaviour.calls() != null && ++setting.met >= setting.behaviour.calls()) {
      settings.remove(setting);
    }
    return new Met(setting.behaviour, setting.isOneTooMany(clock.instant().getEpochSecond()));
  }

  private @Nullable Setting find(@Nullable String key) {
    for (Setting setting : settings) {
      if (Objects.equals(setting.behaviour.key(), key)) {
        return setting;
      }
    }
    return null;
  }

  /** The behaviour for a request, and whether it exceeds the rate limit. */
  public record Met(Behaviour behaviour, boolean oneTooMany) {

    /** The fault for the vendor; a request over the limit is not carried out. */
    public Fault wish() {
      return behaviour.wish();
    }

    /** Whether the request is carried out and its reply lost. */
    public boolean losesReply() {
      return behaviour.losesReply();
    }

    /**
     * Waits as long as the behaviour says.
     *
     * @throws IOException if the simulator stops meanwhile
     */
    public void delay() throws IOException {
      try {
        Thread.sleep(behaviour.latency());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("The simulator stops", e);
      }
    }
  }

  private static final class Setting {
    final Behaviour behaviour;
    int met;
    long second;
    int inSecond;

    Setting(Behaviour behaviour) {
      this.behaviour = behaviour;
    }

    boolean isOneTooMany(long now) {
      if (now != second) {
        second = now;
        inSecond = 0;
      }
      return behaviour.rateLimit() != null && ++inSecond > behaviour.rateLimit();
    }
  }
}
