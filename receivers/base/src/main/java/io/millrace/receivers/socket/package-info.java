// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Lines of text over TCP: a client that connects to a feeder, and a server that many feeders connect to. */
@NullMarked
package io.millrace.receivers.socket;

import org.jspecify.annotations.NullMarked;
