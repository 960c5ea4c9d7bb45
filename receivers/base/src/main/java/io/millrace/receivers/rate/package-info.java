// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Records that are made by the clock, for tests and measurements. */
@NullMarked
package io.millrace.receivers.rate;

import org.jspecify.annotations.NullMarked;
