/** Payment checks with a provider that does what a test tells it. */
@NullMarked
package dev.mainstay.workflows.payment;

import org.jspecify.annotations.NullMarked;
