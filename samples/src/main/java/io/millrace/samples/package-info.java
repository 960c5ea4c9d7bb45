// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Small programs to run, to read and to begin one's own with. */
@NullMarked
package io.millrace.samples;

import org.jspecify.annotations.NullMarked;
