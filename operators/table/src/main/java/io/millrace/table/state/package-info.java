// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Functions with state of their own: values, lists and maps per key, that may expire, and timers. */
@NullMarked
package io.millrace.table.state;

import org.jspecify.annotations.NullMarked;
