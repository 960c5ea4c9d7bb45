// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** The best rows of each group, kept right as rows come and go. */
@NullMarked
package io.millrace.table.execution.rank;

import org.jspecify.annotations.NullMarked;
