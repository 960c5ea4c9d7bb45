/** Blocks, the store each executor keeps them in, their replication, and the actor that knows them all. */
@NullMarked
package io.millrace.runtime.block;

import org.jspecify.annotations.NullMarked;
