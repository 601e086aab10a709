/** What a capability gives to a host, and what a host is configured to serve. */
@NullMarked
package dev.mainstay.worker.module;

import org.jspecify.annotations.NullMarked;
