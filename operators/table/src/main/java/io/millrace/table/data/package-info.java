// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Rows in columns: what flows between operators. */
@NullMarked
package io.millrace.table.data;

import org.jspecify.annotations.NullMarked;
