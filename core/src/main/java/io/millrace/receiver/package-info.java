/** What the author of a source implements: an Akka Streams source the engine cuts into blocks. */
@NullMarked
package io.millrace.receiver;

import org.jspecify.annotations.NullMarked;
