package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The sandbox's ports, each at a fixed distance from a base. */
public record Ports(
    int api,
    int apiManagement,
    int workerManagement,
    int temporal,
    int temporalUi,
    int postgres,
    int stripe,
    int admin,
    int twilio,
    int fcm,
    int mailbox,
    int smtp) {

  private static final String TEMPORAL = "Temporal";
  private static final String TEMPORAL_UI = "Temporal Web UI";
  private static final String POSTGRES = "PostgreSQL";

  /** The first of the ports unless another base is configured. */
  public static final int DEFAULT_BASE = 7200;

  public static Ports from(int base) {
    return new Ports(
        base, base + 1, base + 2, base + 10, base + 11, base + 20, base + 30, base + 31, base + 32,
        base + 33, base + 34, base + 35);
  }

  /**
   * Ports that are free at the moment, for tests and measurements. They lie below the ports that
   * systems assign by themselves (by default from 32,768 on), so that no other program is assigned
   * one before it is used.
   */
  public static Ports free() {
    return ThreadLocalRandom.current()
        .ints(10_000, 32_000)
        .mapToObj(Ports::from)
        .filter(ports -> ports.byName().values().stream().allMatch(Ports::isFree))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Fails, with one line, if another program holds one of the ports.
   *
   * @param ownTemporal whether Temporal's are needed
   * @param ownPostgres whether PostgreSQL's is needed
   */
  void requireFree(boolean ownTemporal, boolean ownPostgres) {
    Map<String, Integer> needed = byName();
    if (!ownTemporal) {
      needed.keySet().removeAll(List.of(TEMPORAL, TEMPORAL_UI));
    }
    if (!ownPostgres) {
      needed.remove(POSTGRES);
    }
    for (Map.Entry<String, Integer> entry : needed.entrySet()) {
      if (!isFree(entry.getValue())) {
        throw new CannotStart(
            "Port %d (%s) is in use by another program: stop it, or move all ports with --port-base"
                .formatted(entry.getValue(), entry.getKey()));
      }
    }
  }

  private Map<String, Integer> byName() {
    var names = new LinkedHashMap<String, Integer>();
    names.put("REST", api);
    names.put("management of REST", apiManagement);
    names.put("management of the worker host", workerManagement);
    names.put(TEMPORAL, temporal);
    names.put(TEMPORAL_UI, temporalUi);
    names.put(POSTGRES, postgres);
    names.put("Stripe simulator", stripe);
    names.put("admin service's simulator", admin);
    names.put("Twilio simulator", twilio);
    names.put("FCM simulator", fcm);
    names.put("mailbox", mailbox);
    names.put("SMTP", smtp);
    return names;
  }

  /** Whether no program listens on the port. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
