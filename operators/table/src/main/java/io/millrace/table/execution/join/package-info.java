// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Joins: when rows meet, how long they wait for each other, and what comes of those that nothing meets. */
@NullMarked
package io.millrace.table.execution.join;

import org.jspecify.annotations.NullMarked;
