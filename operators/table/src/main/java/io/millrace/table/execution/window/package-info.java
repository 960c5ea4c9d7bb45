// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Window functions over finished rows. */
@NullMarked
package io.millrace.table.execution.window;

import org.jspecify.annotations.NullMarked;
