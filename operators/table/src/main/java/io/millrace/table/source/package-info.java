// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Where tables come from. */
@NullMarked
package io.millrace.table.source;

import org.jspecify.annotations.NullMarked;
