/** Tests of the results made from the measured rounds. */
@NullMarked
package dev.mainstay.benchmark.purchase.peers;

import org.jspecify.annotations.NullMarked;
