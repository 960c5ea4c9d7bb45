// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Sinks that write files. */
@NullMarked
package io.millrace.table.sink.file;

import org.jspecify.annotations.NullMarked;
