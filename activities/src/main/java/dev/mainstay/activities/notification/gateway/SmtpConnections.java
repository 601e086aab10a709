package dev.mainstay.activities.notification.gateway;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/**
 * Makes the connections that are kept open between mails. An idle connection is tested before use;
 * one that has carried its share is replaced, before the server does so.
 */
final class SmtpConnections extends BasePooledObjectFactory<Transport> {

  private static final Duration STANDS_UNASKED = Duration.ofSeconds(2);

  /** Servers end a connection after a number of mails, often 100. */
  private static final long MAILS = 90;

  private final SmtpServer server;
  private final Session session;

  SmtpConnections(SmtpServer server, Session session) {
    this.server = server;
    this.session = session;
  }

  @Override
  public Transport create() throws MessagingException {
    Transport transport = session.getTransport(server.protocol());
    if (server.user().isEmpty()) {
      transport.connect(server.host(), server.port(), null, null);
    } else {
      transport.connect(server.host(), server.port(), server.user(), server.password());
    }
    return transport;
  }

  @Override
  public PooledObject<Transport> wrap(Transport transport) {
    return new DefaultPooledObject<>(transport);
  }

  @Override
  public boolean validateObject(PooledObject<Transport> pooled) {
    if (pooled.getBorrowedCount() > MAILS) {
      return false;
    }
    return pooled.getIdleDuration().compareTo(STANDS_UNASKED) < 0
        || pooled.getObject().isConnected();
  }

  @Override
  public void destroyObject(PooledObject<Transport> pooled) throws MessagingException {
    pooled.getObject().close();
  }
}
