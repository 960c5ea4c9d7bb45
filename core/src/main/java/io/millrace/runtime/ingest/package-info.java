/** Receivers at work: their supervision, the cutting of blocks, and the bound on what may be in flight. */
@NullMarked
package io.millrace.runtime.ingest;

import org.jspecify.annotations.NullMarked;
