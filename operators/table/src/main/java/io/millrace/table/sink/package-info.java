// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Where results go. */
@NullMarked
package io.millrace.table.sink;

import org.jspecify.annotations.NullMarked;
