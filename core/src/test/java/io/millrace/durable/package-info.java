// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors

/** Tests of jobs with a checkpoint, as users have them. */
@NullMarked
package io.millrace.durable;

import org.jspecify.annotations.NullMarked;
