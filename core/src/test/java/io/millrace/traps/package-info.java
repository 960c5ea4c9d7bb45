/** What Spark's DStreams are known to trap their users and implementers with, and what becomes of it here. */
@NullMarked
package io.millrace.traps;

import org.jspecify.annotations.NullMarked;
