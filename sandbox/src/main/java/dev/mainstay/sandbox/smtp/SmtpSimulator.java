package dev.mainstay.sandbox.smtp;

import dev.mainstay.sandbox.simulator.FaultInjector;
import dev.mainstay.sandbox.simulator.Ledger;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * An SMTP server that delivers to a mailbox which can be read over HTTP, beside the ledger and the
 * dial of every simulator. A ledger's key is the recipient's address.
 */
public final class SmtpSimulator implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 500;

  private final SMTPServer smtp;
  private final SimulatorServer pages;
  private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();
  private final Connections connections = new Connections();

  /**
   * Starts both on the loopback interface.
   *
   * @param port of the ledger, the dial and the mailbox; 0 for any
   * @param smtpPort 0 for any
   */
  public SmtpSimulator(int port, int smtpPort, InstantSource clock) throws IOException {
    var mailbox = new Mailbox();
    var dial = new FaultInjector(clock);
    var ledger = new Ledger();
    this.pages = new SimulatorServer(port, new MailboxPages(mailbox), clock, dial, ledger);
    this.smtp =
        SMTPServer.port(smtpPort)
            .bindAddress(InetAddress.getLoopbackAddress())
            .maxConnections(MOST_CONNECTIONS)
            .sessionHandler(connections)
            .executorService(sessions)
            .messageHandlerFactory(new MailReceiver(mailbox, dial, ledger, clock))
            .build();
    smtp.start();
  }

  /** Of ledger, dial and mailbox. */
  public String base() {
    return pages.base();
  }

  /** The port to which mails are sent. */
  public int smtpPort() {
    return smtp.getPortAllocated();
  }

  /** How many connections have been made to it. */
  public int connections() {
    return connections.made();
  }

  @Override
  public void close() {
    // First the sessions that an injected fault keeps waiting: a stop waits for each session
    sessions.shutdownNow();
    smtp.stop();
    pages.close();
  }

  private static final class Connections implements SessionHandler {

    private final AtomicInteger made = new AtomicInteger();

    int made() {
      return made.get();
    }

    @Override
    public SessionAcceptance accept(Session session) {
      made.incrementAndGet();
      return SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {
      // Counted for ever
    }
  }
}
