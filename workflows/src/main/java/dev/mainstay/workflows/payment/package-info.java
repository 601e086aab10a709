/** Payments that a client asserts: the provider confirms them before anybody is paid from them. */
@NullMarked
package dev.mainstay.workflows.payment;

import org.jspecify.annotations.NullMarked;
