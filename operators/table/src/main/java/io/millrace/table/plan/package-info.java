// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** What a query does, step by step: the incremental plan, and which output modes it allows. */
@NullMarked
package io.millrace.table.plan;

import org.jspecify.annotations.NullMarked;
