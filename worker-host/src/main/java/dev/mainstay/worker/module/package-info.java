/**
 * The modules that capabilities add to a host, and the configuration of those that a host serves.
 */
@NullMarked
package dev.mainstay.worker.module;

import org.jspecify.annotations.NullMarked;
