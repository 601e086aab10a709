/**
 * The whole product on one machine: servers, applications, simulators and demo data in one
 * launcher.
 */
@NullMarked
package dev.mainstay.sandbox;

import org.jspecify.annotations.NullMarked;
