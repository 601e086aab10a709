/**
 * What every simulator of a vendor shares: a ledger of what it was asked, and a dial to misbehave.
 */
@NullMarked
package dev.mainstay.sandbox.simulator;

import org.jspecify.annotations.NullMarked;
