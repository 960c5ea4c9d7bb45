// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** An actor that other actors tell records, with or without an answer. */
@NullMarked
package io.millrace.receivers.actor;

import org.jspecify.annotations.NullMarked;
