package dev.mainstay.worker.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;

/** Only where processes run at all: not with {@code mainstay.backend=disabled}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnExpression("!'${mainstay.backend:cluster}'.equalsIgnoreCase('disabled')")
public @interface ConditionalOnBackend {}
