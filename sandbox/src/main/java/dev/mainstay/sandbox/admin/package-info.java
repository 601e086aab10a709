/** The admin service of a marketplace, simulated: it gives students their trainers. */
@NullMarked
package dev.mainstay.sandbox.admin;

import org.jspecify.annotations.NullMarked;
