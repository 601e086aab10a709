/** Gifts over REST, which add themselves to the API. */
@NullMarked
package dev.mainstay.example.api.gift;

import org.jspecify.annotations.NullMarked;
