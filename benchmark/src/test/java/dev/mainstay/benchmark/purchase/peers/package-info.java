/** What is made of the measured rounds. */
@NullMarked
package dev.mainstay.benchmark.purchase.peers;

import org.jspecify.annotations.NullMarked;
