// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors

/** What people use to look at a job from outside. Used by nothing in the engine. */
@NullMarked
package io.millrace.tool;

import org.jspecify.annotations.NullMarked;
