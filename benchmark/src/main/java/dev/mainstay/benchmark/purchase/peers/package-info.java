/** The same purchases by other durable engines and by plain SQL, in turn on the same servers. */
@NullMarked
package dev.mainstay.benchmark.purchase.peers;

import org.jspecify.annotations.NullMarked;
