// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Durable jobs under faults drawn by seed, in virtual time. */
@NullMarked
package io.millrace.durable.simulation;

import org.jspecify.annotations.NullMarked;
