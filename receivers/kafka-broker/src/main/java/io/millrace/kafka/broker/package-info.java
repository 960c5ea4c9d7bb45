// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** A Kafka broker in this JVM, for tests. */
@NullMarked
package io.millrace.kafka.broker;

import org.jspecify.annotations.NullMarked;
