// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Receivers in the style of Spark's: started and stopped, with threads of their own, which store what they have. */
@NullMarked
package io.millrace.receivers.custom;

import org.jspecify.annotations.NullMarked;
