/** The durable batch protocol as pure code: a driver that claims, logs, prepares and commits; and what must always be true. */
@NullMarked
package io.millrace.runtime.protocol;

import org.jspecify.annotations.NullMarked;
