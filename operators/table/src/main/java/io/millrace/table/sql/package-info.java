// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** SQL and the table API to plans, through Calcite. */
@NullMarked
package io.millrace.table.sql;

import org.jspecify.annotations.NullMarked;
