// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/**
 * Queries over rows, written down as data together with what Spark answers, run through the public API.
 *
 * <p>Their values include null; so nothing here is checked for null.
 */
@NullUnmarked
package io.millrace.table.conformance;

import org.jspecify.annotations.NullUnmarked;
