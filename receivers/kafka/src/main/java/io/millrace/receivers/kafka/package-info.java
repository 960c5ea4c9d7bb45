// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Topics of Kafka, read by exact ranges of offsets. */
@NullMarked
package io.millrace.receivers.kafka;

import org.jspecify.annotations.NullMarked;
