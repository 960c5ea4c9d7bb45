/**
 * Programs over streams, written down as data together with what Spark answers, run through the public API.
 *
 * <p>Their values include null, as a record, a key, a value or a state; so nothing here is checked for null.
 */
@NullUnmarked
package io.millrace.conformance;

import org.jspecify.annotations.NullUnmarked;
