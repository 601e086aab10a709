/** Lists, read by key and page by page. */
@NullMarked
package dev.mainstay.api.page;

import org.jspecify.annotations.NullMarked;
