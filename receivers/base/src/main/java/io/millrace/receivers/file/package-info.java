// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** The files that appear in a directory, as lines of text or as binary records of one length. */
@NullMarked
package io.millrace.receivers.file;

import org.jspecify.annotations.NullMarked;
