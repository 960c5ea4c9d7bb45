// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** For tests of queries: batch by batch, in virtual time, without threads. */
@NullMarked
package io.millrace.table.testkit;

import org.jspecify.annotations.NullMarked;
