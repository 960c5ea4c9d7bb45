// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Any Akka Streams source as a receiver. */
@NullMarked
package io.millrace.receivers.stream;

import org.jspecify.annotations.NullMarked;
