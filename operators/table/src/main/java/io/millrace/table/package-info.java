// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Tables over streams and finished data: what a user composes, and the session that runs it. */
@NullMarked
package io.millrace.table;

import org.jspecify.annotations.NullMarked;
