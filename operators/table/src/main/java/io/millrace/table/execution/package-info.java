// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Incremental operators and how they run on the engine. */
@NullMarked
package io.millrace.table.execution;

import org.jspecify.annotations.NullMarked;
