// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Batches to topics of Kafka, each in one transaction and once. */
@NullMarked
package io.millrace.operators.kafka;

import org.jspecify.annotations.NullMarked;
