// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Tables and streams of files. */
@NullMarked
package io.millrace.table.source.file;

import org.jspecify.annotations.NullMarked;
