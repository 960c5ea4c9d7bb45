// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Running queries: triggers, progress, listeners. */
@NullMarked
package io.millrace.table.query;

import org.jspecify.annotations.NullMarked;
