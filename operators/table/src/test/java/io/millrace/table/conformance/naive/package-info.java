// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/**
 * A second answer to every case: from plain lists, without the engine, by computing everything anew for each batch.
 *
 * <p>Values include null; so nothing here is checked for null.
 */
@NullUnmarked
package io.millrace.table.conformance.naive;

import org.jspecify.annotations.NullUnmarked;
