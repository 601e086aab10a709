package dev.mainstay.worker.observation;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.context.ContextPropagator;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries the correlation id in the header of a run, from who starts it into its workflow, and from
 * there into its steps.
 */
final class CorrelationPropagator implements ContextPropagator {

  @Override
  public String getName() {
    return Correlation.NAME;
  }

  @Override
  public @Nullable Object getCurrentContext() {
    return Correlation.current();
  }

  @Override
  public void setCurrentContext(@Nullable Object context) {
    Correlation.set((String) context);
  }

  @Override
  public Map<String, Payload> serializeContext(@Nullable Object context) {
    // Not the client's converter: headers are read by name where no codec is, too.
    return context == null
        ? Map.of()
        : Map.of(
            Correlation.NAME,
            DefaultDataConverter.STANDARD_INSTANCE.toPayload(context).orElseThrow());
  }

  @Override
  public @Nullable Object deserializeContext(Map<String, Payload> header) {
    Payload id = header.get(Correlation.NAME);
    return id == null
        ? null
        : DefaultDataConverter.STANDARD_INSTANCE.fromPayload(id, String.class, String.class);
  }
}
