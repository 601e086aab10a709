/**
 * The parts that all simulators of vendors share: a ledger of their requests, and the injection of
 * faults.
 */
@NullMarked
package dev.mainstay.sandbox.simulator;

import org.jspecify.annotations.NullMarked;
