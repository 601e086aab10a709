package dev.mainstay.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most that this JVM still held after any collection, while it is watched. */
public final class HeapPeak implements AutoCloseable, NotificationListener {

  private final List<NotificationEmitter> collectors;
  private final Set<String> heapPools;
  private final AtomicLong peak = new AtomicLong();

  private HeapPeak() {
    this.collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(NotificationEmitter.class::cast)
            .toList();
    this.heapPools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
  }

  /** Begins with a collection, so that there is at least one. */
  public static HeapPeak watch() {
    HeapPeak watching = new HeapPeak();
    System.gc();
    watching.peak.set(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    watching.collectors.forEach(
        collector -> collector.addNotificationListener(watching, null, null));
    return watching;
  }

  /** In bytes. */
  public long bytes() {
    return peak.get();
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    var collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    long left =
        collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> heapPools.contains(pool.getKey()))
            .map(Map.Entry::getValue)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    peak.accumulateAndGet(left, Math::max);
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (NotificationEmitter collector : collectors) {
      collector.removeNotificationListener(this);
    }
  }
}
