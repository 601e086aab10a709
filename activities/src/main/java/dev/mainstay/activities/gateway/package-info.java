/** Building block 3, gateways: what all of them share. */
@NullMarked
package dev.mainstay.activities.gateway;

import org.jspecify.annotations.NullMarked;
