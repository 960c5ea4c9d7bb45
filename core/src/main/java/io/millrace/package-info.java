/** The engine's front door: a streaming context is built, started and stopped. */
@NullMarked
package io.millrace;

import org.jspecify.annotations.NullMarked;
