// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Types and schemas, as Spark SQL has them. */
@NullMarked
package io.millrace.table.type;

import org.jspecify.annotations.NullMarked;
