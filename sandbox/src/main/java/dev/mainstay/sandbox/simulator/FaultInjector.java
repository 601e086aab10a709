package dev.mainstay.sandbox.simulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which behaviour the next request meets. */
public final class FaultInjector {

  private final InstantSource clock;
  private final List<Setting> settings = new ArrayList<>();

  /** One that nobody has turned yet. */
  public FaultInjector(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets a behaviour for its key, or for all keys, in place of what was asked for these before. */
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

  /** What a request meets, and whether it is one too many in its second. */
  public record Met(Behaviour behaviour, boolean oneTooMany) {

    /** What the vendor is to do; one too many is not done. */
    public Fault wish() {
      return behaviour.wish();
    }

    /** Whether it is done and nobody hears of it. */
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
