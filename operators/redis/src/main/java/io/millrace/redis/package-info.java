// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Batches in Redis, each once. */
@NullMarked
package io.millrace.redis;

import org.jspecify.annotations.NullMarked;
