/** What a user composes: streams of records in batches, described once and run by the engine. */
@NullMarked
package io.millrace.stream;

import org.jspecify.annotations.NullMarked;
